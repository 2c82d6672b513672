import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { API_URL, APP_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, createKey } from "@/e2e/journeys/walk";

test.describe.configure({ timeout: 150_000 });

async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(250);
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`));
  }
  return found;
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const causes = (page: Page) =>
  page
    .getByTestId("faults")
    .locator("[data-cause]")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-cause")));

/** Where a pasted secret must never be. */
async function expectNowhere(page: Page, secret: string, sent: readonly string[]): Promise<void> {
  expect(page.url()).not.toContain(secret);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]),
  );
  expect(stored).not.toContain(secret);
  expect(sent.filter((url) => url.includes(secret))).toEqual([]);
}

test("a visitor pastes what is wrong, and gets the causes and the corrected block", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const asked: string[] = [];
  page.on("request", (request) =>
    asked.push(request.method() === "POST" ? (request.postData() ?? "") : request.url()),
  );
  await page.goto("/doctor");
  const before = asked.length;
  const foreign = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789";
  await page
    .getByLabel("Your configuration")
    .fill(
      `OPENAI_API_KEY=${foreign}\nOPENAI_PROXY_URL=${APP_URL}/v1/chat/completions\nOPENAI_MODEL_LIST=-all,+echo=Echo<8192:fc>`,
    );
  await expect(page.getByText("This is the dashboard, not the API")).toBeVisible();
  expect(await causes(page)).toEqual(["dashboard_host", "endpoint_as_root", "key_foreign", "model_unknown"]);
  await expect(page.getByText("This key looks like one of OpenAI’s")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check from our server" })).toBeDisabled();
  // Outside of the field that it was pasted into, it is shortened.
  const shown = await page.locator("main").locator("figure, section").allInnerTexts();
  expect(shown.join("\n")).not.toContain(foreign.slice(10, 30));
  await page.getByRole("button", { name: "Copy Your configuration, corrected" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `OPENAI_API_KEY=PASTE_YOUR_KEY\nOPENAI_PROXY_URL=${API_URL}/v1\nOPENAI_MODEL_LIST=-all,+sandbox/echo=Echo<8192:fc>`,
  );
  // Judging is done here alone: nothing of the paste went anywhere.
  expect(asked.slice(before).join("\n")).not.toContain(foreign.slice(8));
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page)).toBe(0);

  for (const paste of ["\u0000", "{", "=".repeat(5_000), "hello there"]) {
    await page.getByLabel("Your configuration", { exact: true }).fill(paste);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await expect(page.getByText("Neither an address nor a key was found")).toBeVisible();
});

test("a key is tried from the server and from the browser, and a revoked one is named", async ({
  page,
  browser,
}) => {
  await arrive(page);
  await buyPack(page, "$20.00");
  const secret = await createKey(page, "to be checked");
  const visitor = await (await browser.newContext()).newPage();
  const sent: string[] = [];
  visitor.on("request", (request) => sent.push(request.url()));
  await visitor.goto("/doctor");
  const paste = `OPENAI_API_BASE_URL=${API_URL}/v1\nOPENAI_API_KEY=${secret}\nENABLE_PERSISTENT_CONFIG=False\n`;
  await visitor.getByLabel("Your configuration").fill(paste);
  await expect(visitor.getByText("This looks right")).toBeVisible();
  for (const from of ["server", "browser"]) {
    await visitor.getByRole("button", { name: new RegExp(`Check from .*${from}`) }).click();
    const steps = visitor
      .getByRole("list", { name: new RegExp(`Checked from .*${from}`) })
      .locator("[data-cause]");
    await expect(steps).toHaveCount(3, { timeout: 20_000 });
    expect(await steps.evaluateAll((all) => all.map((step) => step.getAttribute("data-cause")))).toEqual([
      "ok_models",
      "ok_call",
      "ok_stream",
    ]);
  }
  await expectNowhere(visitor, secret, sent);
  expect(await barriers(visitor)).toEqual([]);

  await page.goto("/doctor");
  await page.getByLabel("Your configuration", { exact: true }).fill(paste);
  await expect(page.getByRole("link", { name: /your key “to be checked”/ })).toBeVisible();
  await page.goto("/tokens");
  const row = page.getByRole("row", { name: /to be checked/ });
  await page.getByRole("button", { name: /Actions for to be checked/ }).click();
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  await visitor.getByRole("button", { name: /Check from our server/ }).click();
  await expect(visitor.locator('[data-cause="key_invalid"]')).toBeVisible();
  await visitor.context().close();
});

test("Setup turns green when the client calls, and says what arrived when it fails", async ({ page }) => {
  await arrive(page);
  await buyPack(page, "$20.00");
  const secret = await createKey(page, "watched");
  const call = (path: string, model: string) =>
    fetch(`${API_URL}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        "user-agent": "LobeChat/2",
      },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "Hi" }] }),
    });
  const watching = page.waitForResponse(/first-call\.json/);
  await page.goto("/setup/lobechat");
  await watching;
  await expect(page.getByTestId("watching")).toContainText("Waiting for the first call with “watched”");
  expect((await call("/v3/chat", "sandbox/echo")).status).toBe(404);
  await expect(page.getByText("A call arrived at a path that does not exist")).toBeVisible();
  await expect(page.getByText("LobeChat asked for POST /v3/chat.")).toBeVisible();
  await call("/v1/chat/completions", "gpt-9");
  await expect(page.getByText("LobeChat asked for gpt-9. Use sandbox/echo, spelt exactly so.")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  expect((await call("/v1/chat/completions", "sandbox/echo")).status).toBe(200);
  await expect(page.getByText("LobeChat is connected")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page)).toBe(0);
});

test("support's text is made ready to copy, without any key", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/support");
  await page.getByLabel("Request id").fill("req_123");
  await page.getByLabel("Key, beginning and end").fill(`sk-tg-${"a".repeat(49)}`);
  await expect(page.getByText("This is a whole key.")).toBeVisible();
  await page.getByRole("button", { name: "Copy Support bundle" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("req_123");
  expect(copied).toContain(`${API_URL}/v1`);
  expect(copied).not.toContain("a".repeat(12));
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page)).toBe(0);
});
