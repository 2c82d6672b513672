import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { VERIFY_WEBHOOK } from "@/lib/billing/alerts/verify-snippet";

const SECRET = "whsec_of_this_test";
const BODY = JSON.stringify({ id: "evt_1", type: "balance.low", data: { balance_usd: "0.5" } });

type Verify = (body: string, header: string | undefined, secret: string) => { id: string } | null;

/** What people paste, run as they would run it. */
async function load(): Promise<Verify> {
  const module = await import(`data:text/javascript,${encodeURIComponent(VERIFY_WEBHOOK)}`);
  return module.verifyTollgate as Verify;
}

/** As `deliverEvents` signs. */
function sign(body: string, at = Math.floor(Date.now() / 1000), secret = SECRET): string {
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

describe("the snippet that checks our events", () => {
  it("takes what we sign, and nothing else", async () => {
    const verify = await load();
    expect(verify(BODY, sign(BODY), SECRET)).toMatchObject({ id: "evt_1" });
    expect(verify(`${BODY} `, sign(BODY), SECRET)).toBeNull();
    expect(verify(BODY, sign(BODY, undefined, "whsec_other"), SECRET)).toBeNull();
    expect(verify(BODY, sign(BODY, Math.floor(Date.now() / 1000) - 301), SECRET)).toBeNull();
    for (const header of [undefined, "", "t=1,v1=00", `v1=${"0".repeat(64)}`]) {
      expect(verify(BODY, header, SECRET)).toBeNull();
    }
  });
});
