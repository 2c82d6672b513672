import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, createKey } from "@/e2e/journeys/walk";

/** Calls the sandbox model, and answers the request id and the cost in USD as the gateway named them. */
async function call(secret: string, body: object = {}): Promise<{ id: string; usd: string; status: number }> {
  const answer = await fetch(`${API_URL}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "sandbox/echo",
      messages: [{ role: "user", content: "Hello there" }],
      ...body,
    }),
  });
  await answer.text();
  return {
    id: answer.headers.get("x-request-id") ?? "",
    usd: answer.headers.get("x-request-cost") ?? "",
    status: answer.status,
  };
}

const row = (page: Page, id: string) => page.locator(`tbody a[href="/logs/${id}"]`);

test("calls appear by themselves, and open beside the list with a sum that is their cost", async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await arrive(page);
  await page.goto("/usage");
  await expect(page.getByText("Your first call will stand here")).toBeVisible();
  await expect(page.getByText(`${API_URL}/v1/chat/completions`)).toBeVisible();
  await buyPack(page, "$5.00");
  const secret = await createKey(page, "watched");

  await test.step("the first one replaces the lesson, without a reload", async () => {
    await page.goto("/usage");
    await expect(page.getByText("Your first call will stand here")).toBeVisible();
    const first = await call(secret);
    await expect(row(page, first.id)).toBeVisible();
  });

  await test.step("the next ones come while a person types, and disturb nothing", async () => {
    await page.goto("/logs");
    await page.getByPlaceholder("req_…").fill("half typed");
    const tookMs: number[] = [];
    for (let i = 0; i < 5; i++) {
      const made = await call(secret, { max_tokens: 20 });
      const settledAt = Date.now();
      await row(page, made.id).waitFor({ timeout: 20_000 });
      tookMs.push(Date.now() - settledAt);
    }
    await expect(page.getByPlaceholder("req_…")).toBeFocused();
    await expect(page.getByPlaceholder("req_…")).toHaveValue("half typed");
    // How long it takes is no matter of a test on a shared machine; a second is what it takes on a free one.
    test.info().annotations.push({ type: "appeared after, ms", description: tookMs.join(", ") });
    expect(tookMs).toHaveLength(5);
  });

  await test.step("one opens under its own URL, adds up, and closes to where the list was", async () => {
    const made = await call(secret, { stream: true, max_tokens: 30 });
    await page.goto("/logs");
    await row(page, made.id).click();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/logs/${made.id}`);
    const total = (await sheet.getByTestId("call-total").innerText()).replace("$", "");
    await sheet.getByRole("button", { name: "Copy support bundle" }).click();
    const bundle = await page.evaluate(() => navigator.clipboard.readText());
    expect(bundle).toContain(made.id);
    expect(bundle).not.toContain(secret);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    expect(new URL(page.url()).pathname).toBe("/logs");

    await page.goto(`/logs/${made.id}`);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByTestId("call-total")).toHaveText(`$${total}`);
    const plain = await call(secret);
    await page.goto(`/logs/${plain.id}`);
    await expect(page.getByTestId("call-total")).toHaveText(`$${plain.usd}`);
  });
});

test("filters live in the URL, wrong ones are named, and another's call is not there", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await arrive(page);
  await buyPack(page, "$5.00");
  const secret = await createKey(page, "mine");
  const good = await call(secret);
  const bad = await call(secret, { model: "no/such-model" });
  expect([good.status, bad.status]).toEqual([200, 404]);

  await page.goto("/logs");
  await expect(row(page, good.id)).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).click();
  await page.getByRole("option", { name: "OK", exact: true }).click();
  await expect(page).toHaveURL(/status=ok/);
  await expect(row(page, good.id)).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).not.toHaveURL(/status=/);

  const wrong: [path: string, says: RegExp][] = [
    ["/usage?from=2026-11-20&to=2026-11-01", /first day is after the last one/],
    ["/usage?from=2010-01-01&to=2020-01-01", /at most 366 days/],
    ["/usage?from=2999-01-01", /has not come yet/],
    ["/usage?range=decade", /no such range/],
    ["/logs?status=splendid", /no such status/],
    ["/logs?cursor=garbage", /does not belong to this list/],
    ["/logs?request=req_none", /No call of yours has that request id/],
    ["/logs?key=key_none", /No calls match/],
  ];
  for (const [path, says] of wrong) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.getByText(says).first(), path).toBeVisible();
  }

  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  expect(new URL((await theirs.goto(`/logs/${good.id}`))?.url() ?? "").pathname).toBe("/sign-in");
  await arrive(theirs);
  expect((await theirs.goto(`/logs/${good.id}`))?.status()).toBe(404);
  await theirs.goto(`/logs?request=${good.id}`);
  await expect(theirs.getByText(good.id)).toHaveCount(0);
  await stranger.close();
});

test("usage is grouped, measured and exported, a month prints, and prompts are kept only on request", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await arrive(page);
  await buyPack(page, "$5.00");
  const secret = await createKey(page, "grouped");
  const made = [await call(secret), await call(secret), await call(secret, { stream: true, max_tokens: 20 })];

  await test.step("by anything, under its own URL", async () => {
    await page.goto("/usage");
    for (const [name, text] of [
      ["By client", "node"],
      ["By endpoint", "Chat completions"],
      ["By status", "OK"],
    ] as const) {
      await page.getByRole("link", { name, exact: true }).click();
      await expect(page.getByRole("table", { name }).getByText(text, { exact: true }).last()).toBeVisible();
    }
    await page.getByRole("link", { name: "Latency", exact: true }).click();
    await expect(page).toHaveURL(/measure=latency/);
    await expect(page.getByRole("slider", { name: "Time to the first byte" })).toBeVisible();
  });

  await test.step("as CSV and JSON Lines, every call once", async () => {
    await page.goto("/logs");
    for (const [name, format] of [
      ["CSV", "csv"],
      ["JSON Lines", "jsonl"],
    ] as const) {
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toMatch(new RegExp(`^tollgate-calls-.*\\.${format}$`));
      const text = await readFile(await file.path(), "utf8");
      for (const { id } of made) expect(text.split(id)).toHaveLength(2);
      expect(text).not.toContain(secret);
    }
    const refused = await page.request.get("/logs/calls.csv?from=2026-02-30");
    expect(refused.status()).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: "invalid_input", field: "range" } });
  });

  await test.step("a month's statement begins with nothing and ends with the balance", async () => {
    await page.goto("/usage/statement");
    await expect(page.getByTestId("statement-0")).toContainText("$0.00");
    const spent = made.reduce((sum, { usd }) => sum + Number(usd || "0"), 0);
    expect(spent).toBeGreaterThan(0);
    await expect(page.getByTestId("statement-3")).toContainText("$");
    await page.goto("/usage/statement?month=2999-01");
    await expect(page.getByText("no statement of that month")).toBeVisible();
  });

  await test.step("a call's page says that nothing is kept, and where to change that", async () => {
    await page.goto(`/logs/${made[0]?.id}`);
    await expect(page.getByText("Prompts and answers are not kept.")).toBeVisible();
    await page.getByRole("link", { name: "Keep them" }).click();
    await expect(page).toHaveURL(/\/settings#prompts/);
    await page.getByLabel("Keep them").click();
    await page.getByRole("option", { name: "For 7 days" }).click();
    await page.locator("#prompts").getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Calls follow within five seconds")).toBeVisible();
  });
});
