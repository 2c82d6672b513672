import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grant, makeWorld, type World } from "@/e2e/ledger/world";
import { insertCalls } from "@/e2e/usage/insert-calls";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { forgetPromptsJob } from "@/lib/jobs/forget-prompts";
import { parseUsd } from "@/lib/money";
import { countPrompts } from "@/lib/usage/count-prompts";
import { deletePrompts } from "@/lib/usage/delete-prompts";
import { CALL_COLUMNS, exportCalls } from "@/lib/usage/export-calls";
import { exportUsage } from "@/lib/usage/export-usage";
import { foldDays } from "@/lib/usage/fold-days";
import { getPrompt } from "@/lib/usage/get-prompt";
import { noteOwnZones } from "@/lib/usage/note-zones";
import { parseRange } from "@/lib/usage/parse-range";
import { readPromptRetention } from "@/lib/usage/read-prompt-retention";
import { parseMonth, readStatement } from "@/lib/usage/read-statement";
import { PROMPT_MAX_CHARS, PromptRecorder } from "@/lib/usage/record-prompt";
import { setPromptRetention } from "@/lib/usage/set-prompt-retention";

const NOW = new Date("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
let world: World;
let ctx: Ctx;

const ctxOf = ({ workspaceId }: World): Ctx => ({
  actor: { kind: "cli" },
  workspaceId,
  requestId: "req_test",
});

beforeAll(async () => {
  world = await makeWorld();
  ctx = ctxOf(world);
  await pool().query("UPDATE keys SET name = $2 WHERE id = $1", [world.keyId, '=cmd|"x",\nsecond line']);
  await insertCalls(
    Array.from({ length: 4_300 }, (_, i) => ({
      workspaceId: world.workspaceId,
      keyId: world.keyId,
      // Five at a time in one instant, across the pieces of an export.
      at: new Date(NOW.getTime() - Math.floor(i / 5) * HOUR),
      modelId: i % 3 ? "a/one" : "b/two",
      outcome: i % 10 ? ("ok" as const) : ("upstream_error" as const),
      costNano: BigInt(i) * 1_000n + 7n,
    })),
  );
  await noteOwnZones();
  await foldDays(NOW);
});
afterAll(closeDb);

async function read(
  pieces: AsyncGenerator<string>,
): Promise<{ text: string; pieces: number; longest: number }> {
  let [text, count, longest] = ["", 0, 0];
  for await (const piece of pieces) {
    text += piece;
    count += 1;
    longest = Math.max(longest, piece.length);
  }
  return { text, pieces: count, longest };
}

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (inside && char === '"' && text[i + 1] === '"') [cell, i] = [cell + char, i + 1];
    else if (char === '"') inside = !inside;
    else if (inside || (char !== "," && char !== "\r" && char !== "\n")) cell += char;
    else if (char !== "\r") {
      rows.at(-1)?.push(cell);
      cell = "";
      if (char === "\n") rows.push([]);
    }
  }
  return rows.slice(0, -1);
}

describe("an export", () => {
  const { range } = parseRange({ range: "90d" }, "Europe/Berlin", NOW);

  it("has every call once, in pieces, and adds up to the unit in either form", async () => {
    const input = { from: range.from, to: range.to, filters: {} };
    const csv = await read(exportCalls(ctx, { ...input, format: "csv" }));
    const [head, ...rows] = parseCsv(csv.text);
    expect(head).toEqual([...CALL_COLUMNS]);
    expect(csv.pieces).toBeGreaterThan(2);
    const at = (name: (typeof CALL_COLUMNS)[number]) => CALL_COLUMNS.indexOf(name);
    expect(new Set(rows.map((row) => row[at("request_id")])).size).toBe(4_300);
    expect(rows).toHaveLength(4_300);
    expect(rows.every((row) => row.length === CALL_COLUMNS.length)).toBe(true);
    const sum = rows.reduce((total, row) => total + parseUsd(row[at("cost_usd")] ?? ""), 0n);
    expect(sum).toBe((4_300n * 4_299n * 1_000n) / 2n + 4_300n * 7n);
    // What a spreadsheet would run is text.
    expect(rows[0]?.[at("key_name")]).toBe(`'=cmd|"x",\nsecond line`);

    const jsonl = await read(exportCalls(ctx, { ...input, format: "jsonl" }));
    const objects = jsonl.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects).toHaveLength(4_300);
    expect(objects.map((one) => one.request_id)).toEqual(rows.map((row) => row[at("request_id")]));
    expect(objects[0]).toMatchObject({
      key_name: '=cmd|"x",\nsecond line',
      cached_tokens: 0,
      asked_model: null,
    });
  });

  it("keeps to its filters and its workspace", async () => {
    const filters = { modelId: "b/two", status: "failed" as const, minCostNano: 2_000_000n };
    const { text } = await read(
      exportCalls(ctx, { format: "jsonl", from: range.from, to: range.to, filters }),
    );
    const wanted = Array.from({ length: 4_300 }, (_, i) => i).filter((i) => i % 30 === 0 && i >= 2_000);
    expect(text.trimEnd().split("\n")).toHaveLength(wanted.length);
    const stranger = ctxOf(await makeWorld());
    expect(
      (await read(exportCalls(stranger, { format: "jsonl", from: range.from, to: range.to, filters: {} })))
        .text,
    ).toBe("");
  });

  it("of sums has a line per group and slot, which add up to the same", async () => {
    const { text } = await read(exportUsage(ctx, { format: "csv", range, groupBy: "model", filters: {} }));
    const [head = [], ...rows] = parseCsv(text);
    const sum = rows.reduce((total, row) => total + parseUsd(row[head.indexOf("cost_usd")] ?? ""), 0n);
    expect(sum).toBe((4_300n * 4_299n * 1_000n) / 2n + 4_300n * 7n);
    expect(new Set(rows.map((row) => row[head.indexOf("group")]))).toEqual(new Set(["a/one", "b/two"]));
    expect(Number(rows[0]?.[head.indexOf("total_p50_ms")])).toBeGreaterThan(160);
  });
});

describe("a statement", () => {
  it("begins with what the last one ended with, and adds up", async () => {
    const own = await makeWorld();
    await grant(own, 5_000_000_000n);
    const at = (day: string, costNano: bigint) => ({ ...own, at: new Date(`${day}T23:59:59Z`), costNano });
    await pool().query("UPDATE wallets SET balance_nano = balance_nano - 600 WHERE workspace_id = $1", [
      own.workspaceId,
    ]);
    await insertCalls(
      [at("2026-09-30", 100n), at("2026-10-31", 200n), at("2026-11-01", 300n)].map(
        ({ instanceId: _, ...call }) => call,
      ),
    );
    const now = new Date();
    const months = await Promise.all(
      ["2026-09", "2026-10", "2026-11"].map((month) => readStatement(ctxOf(own), { month, now })),
    );
    expect(months.map(({ usage }) => usage.costNano)).toEqual([100n, 200n, 300n]);
    for (const [i, month] of months.entries()) {
      const moved = month.transactions.reduce((sum, { amountNano }) => sum + amountNano, 0n);
      expect(month.openingNano + moved - month.usage.costNano).toBe(month.closingNano);
      if (i > 0) expect(month.openingNano).toBe(months[i - 1]?.closingNano);
    }
    expect(months[2]).toMatchObject({ closingNano: 4_999_999_400n, models: [{ id: "sandbox/echo" }] });
    expect(parseMonth("2026-13", now)).toBeNull();
    expect(parseMonth("2999-01", now)).toBeNull();
    expect(parseMonth("2026-10", now)).toBe("2026-10");
  });
});

describe("prompts", () => {
  const prompt = (workspaceId: string, requestId: string) => ({
    workspaceId,
    requestId,
    request: '{"a":1}',
    response: "Hello",
  });

  it("are kept only where a workspace wants it, encrypted, readable by nobody else, and deleted at once", async () => {
    const own = await makeWorld();
    const recorder = new PromptRecorder();
    await recorder.start();
    expect(recorder.wants(own.workspaceId)).toBe(false);
    recorder.record(prompt(own.workspaceId, "req_before"));
    await recorder.stop();
    expect(await countPrompts(own)).toBe(0);

    await setPromptRetention(ctxOf(own), { retention: "7" });
    expect(await readPromptRetention(own)).toBe(7);
    await recorder.start();
    expect(recorder.wants(own.workspaceId)).toBe(true);
    const ids = [newId("req"), newId("req")];
    for (const id of ids) recorder.record(prompt(own.workspaceId, id));
    recorder.record({
      ...prompt(own.workspaceId, "req_long"),
      request: "x".repeat(PROMPT_MAX_CHARS + 1),
      response: null,
    });
    await recorder.stop();
    expect(await getPrompt(ctxOf(own), ids[0] ?? "")).toMatchObject({
      request: '{"a":1}',
      response: "Hello",
      shortened: false,
    });
    expect(await getPrompt(ctxOf(own), "req_long")).toMatchObject({ response: null, shortened: true });
    expect(await getPrompt(ctx, ids[0] ?? "")).toBeNull();
    const { rows } = await pool().query("SELECT encode(request_cipher, 'escape') AS text FROM prompt_logs");
    expect(rows.some(({ text }) => text.includes('"a"'))).toBe(false);

    expect(await deletePrompts(ctx, { requestId: ids[0] })).toEqual({ deleted: 0 });
    expect(await deletePrompts(ctxOf(own), { requestId: ids[0] })).toEqual({ deleted: 1 });
    expect(await getPrompt(ctxOf(own), ids[0] ?? "")).toBeNull();
    expect(await deletePrompts(ctxOf(own), {})).toEqual({ deleted: 2 });
    const audit = await db().auditRow.findMany({
      where: { workspaceId: own.workspaceId },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual([
      "workspace.set_prompt_retention",
      "workspace.delete_prompts",
      "workspace.delete_prompts",
    ]);
  });

  it("go when their time is over, which a shorter retention brings nearer", async () => {
    const own = await makeWorld();
    await setPromptRetention(ctxOf(own), { retention: "30" });
    const recorder = new PromptRecorder();
    await recorder.start();
    recorder.record(prompt(own.workspaceId, "req_old"));
    recorder.record(prompt(own.workspaceId, "req_new"));
    await recorder.stop();
    await pool().query(
      "UPDATE prompt_logs SET created_at = now() - interval '2 days' WHERE workspace_id = $1 AND request_id = 'req_old'",
      [own.workspaceId],
    );
    await setPromptRetention(ctxOf(own), { retention: "1" });
    expect(await getPrompt(ctxOf(own), "req_old")).toBeNull();
    await forgetPromptsJob.run();
    expect(
      await db().promptLog.findMany({ where: { workspaceId: own.workspaceId }, select: { requestId: true } }),
    ).toEqual([{ requestId: "req_new" }]);
    await setPromptRetention(ctxOf(own), { retention: "off" });
    recorder.record(prompt(own.workspaceId, "req_late"));
    await recorder.stop();
    expect(await getPrompt(ctxOf(own), "req_late")).toBeNull();
  });
});
