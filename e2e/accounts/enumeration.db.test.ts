import { afterAll, describe, expect, it } from "vitest";
import { scale } from "@/e2e/harness/scale";
import { account, freshEmail, PASSWORD, visitor } from "@/lib/auth/account.fixture";
import { requestReset } from "@/lib/auth/request-reset";
import { sendVerification } from "@/lib/auth/send-verification";
import { signIn } from "@/lib/auth/sign-in";
import { signUp } from "@/lib/auth/sign-up";
import { closeDb } from "@/lib/db";
import { AppError } from "@/lib/errors";

afterAll(closeDb);

/** The full count and bar in `npm run soak`; in tests fewer, on a machine that may be busy. */
const TRIES = scale(15, 200);
const BAR_MS = scale(8, 5);
/** A busy machine spreads all times; what would give an account away (a hash that is not made) is most of the time. */
const BAR_SHARE = scale(0.2, 0);
const LONGEST_MS = scale(60_000, 300_000);

async function answer(work: Promise<unknown>): Promise<unknown> {
  try {
    const value = await work;
    return value === undefined ? "done" : Object.keys(value as object);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message, values: error.values, field: error.field };
  }
}

async function timed(work: () => Promise<unknown>): Promise<[answer: unknown, ms: number]> {
  const start = performance.now();
  return [await answer(work()), performance.now() - start];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const DOORS: [string, (email: string) => Promise<unknown>][] = [
  ["sign-in", (email) => signIn(visitor(), { email, password: "not the password at all" })],
  ["sign-up", (email) => signUp(visitor(), { email, password: PASSWORD, timeZone: "UTC" })],
  ["reset", (email) => requestReset(visitor(), { email })],
  ["send again", (email) => sendVerification(visitor(), { email })],
];

describe("an address with an account and one without", () => {
  it.each(DOORS)(
    "get the same answer in the same time: %s",
    { timeout: LONGEST_MS },
    async (_door, knock) => {
      const known: number[] = [];
      const unknown: number[] = [];
      await knock(freshEmail()).catch(() => null);
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const { email } = await account({ verified: attempt % 2 === 0 });
        const [first, firstMs] = await timed(() => knock(email));
        const [second, secondMs] = await timed(() => knock(freshEmail()));
        expect(first).toEqual(second);
        known.push(firstMs);
        unknown.push(secondMs);
      }
      const barMs = Math.max(BAR_MS, BAR_SHARE * median(unknown));
      expect(Math.abs(median(known) - median(unknown))).toBeLessThan(barMs);
    },
  );

  it("slow down alike", async () => {
    const { email } = await account();
    for (const address of [email, freshEmail()]) {
      const answers: unknown[] = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        answers.push(
          await answer(signIn(visitor(), { email: address, password: "not the password at all" })),
        );
      }
      expect(answers.slice(0, 5)).toEqual(
        Array(5).fill({
          code: "wrong_credentials",
          message: "wrongCredentials",
          values: {},
          field: undefined,
        }),
      );
      expect(answers[5]).toMatchObject({ code: "too_many", message: "tooManySeconds" });
    }
  });
});
