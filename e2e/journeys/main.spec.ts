import { expect, test } from "@playwright/test";
import OpenAI from "openai";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, createKey, readSecret } from "@/e2e/journeys/walk";

/** The main job, end to end, as a person does it: the nine steps of the README's promise. */

const chat = (key: string, body: object) =>
  fetch(`${API_URL}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "sandbox/echo",
      messages: [{ role: "user", content: "Hello there" }],
      ...body,
    }),
  });

/** "$0.000044" of a header as nano-USD. */
const nano = (usd: string) => {
  const [whole = "0", fraction = ""] = usd.split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
};

test("from sign-up to a revoked key: buy, create, rotate, set up, call, see the cost", async ({ page }) => {
  test.setTimeout(240_000);
  await arrive(page);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByText("From here to your first answer")).toBeVisible();
  await expect(page.locator("main").getByRole("link", { name: "Buy credit" })).toBeVisible();

  await test.step("buy a pack on the payment page", async () => {
    await buyPack(page, "$20.00");
    await expect(page.locator("#history").getByRole("link", { name: "Credit pack" })).toBeVisible();
    await expect(page.locator("#history").getByRole("link", { name: "Bonus" })).toBeVisible();
    await page.reload();
    await expect(page.getByText("Payment received")).toBeVisible();
    await expect(page.locator("#history").getByRole("link", { name: "Credit pack" })).toHaveCount(1);
    await expect(page.getByText("$21.00").first()).toBeVisible();
    const receipt = page.getByRole("link", { name: /Receipt/ }).first();
    const answer = await page.request.get((await receipt.getAttribute("href")) ?? "");
    expect(answer.status()).toBe(200);
    await page.locator("#history").getByRole("link", { name: "Credit pack" }).click();
    await expect(page.getByText("Your balance").first()).toBeVisible();
  });

  let secret = "";
  await test.step("create a key, shown once with copy and download, with the rules beside it", async () => {
    secret = await createKey(page, "LobeChat on the server");
    expect(secret).toMatch(/^sk-tg-[0-9A-Za-z]{49}$/);
    expect(page.url()).not.toContain(secret);
    await expect(page.getByText("This is the only time it is shown")).toBeVisible();
    await expect(page.getByText(/Never in screenshots, chats, tickets or version control/)).toBeVisible();
    await expect(page.getByText(/Rotate it about every 90 days/)).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /Download \.env/ }).click(),
    ]);
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(`OPENAI_API_KEY=${secret}\n`);
    await page.reload();
    await expect(page.getByText("is no longer here")).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    const row = page.getByRole("row", { name: /LobeChat on the server/ });
    await expect(row).toContainText("sk-tg-");
    await expect(row).toContainText(secret.slice(-4));
  });

  await test.step("call it: models, plain and streamed, by hand and with the OpenAI SDK", async () => {
    const models = await fetch(`${API_URL}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
    expect(models.status).toBe(200);
    expect(((await models.json()) as { data: { id: string }[] }).data.map((m) => m.id)).toContain(
      "sandbox/echo",
    );
    const plain = await chat(secret, {});
    expect(plain.status).toBe(200);
    expect(plain.headers.get("x-request-id")).toMatch(/^req_/);
    const client = new OpenAI({ apiKey: secret, baseURL: `${API_URL}/v1` });
    const answer = await client.chat.completions.create({
      model: "sandbox/echo",
      messages: [{ role: "user", content: "Hi" }],
    });
    expect(answer.choices[0]?.message.content).toBeTruthy();
    const stream = await client.chat.completions.create({
      model: "sandbox/echo",
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text.length).toBeGreaterThan(0);
    expect(usage).toMatchObject({ total_tokens: expect.any(Number) });
  });

  await test.step("rotate because it leaked: the old secret dies within a second", async () => {
    const old = secret;
    await rotate(page, /This key leaked/, /Replace it now/);
    secret = await readSecret(page);
    expect(secret).not.toBe(old);
    await expect
      .poll(async () => (await chat(old, {})).status, { timeout: 1_000, intervals: [50] })
      .toBe(401);
    expect((await chat(secret, {})).status).toBe(200);
  });

  await test.step("rotate with an overlap: both work, until the old one is ended", async () => {
    const old = secret;
    await rotate(page, /Works for 1 more hour/, /^Rotate key$/);
    secret = await readSecret(page);
    expect((await chat(old, {})).status).toBe(200);
    expect((await chat(secret, {})).status).toBe(200);
    await page
      .getByRole("row", { name: /LobeChat on the server/ })
      .getByRole("link")
      .first()
      .click();
    await page.getByRole("button", { name: "End now" }).click();
    await page.getByRole("button", { name: "End it now" }).click();
    await expect
      .poll(async () => (await chat(old, {})).status, { timeout: 2_000, intervals: [50] })
      .toBe(401);
    expect((await chat(secret, {})).status).toBe(200);
  });

  await test.step("see the cost on the Usage page within a second, and the balance less by exactly that", async () => {
    const before = await exactBalance(page);
    const call = await chat(secret, { max_tokens: 50 });
    const requestId = call.headers.get("x-request-id") ?? "";
    const cost = nano(call.headers.get("x-request-cost") ?? "");
    expect(cost).toBeGreaterThan(0n);
    const settledAt = Date.now();
    await page.goto("/usage");
    await expect(page.getByText(requestId).first()).toBeVisible({
      timeout: Math.max(1_000, 3_000 - (Date.now() - settledAt)),
    });
    await expect(page.getByText("sandbox/echo").first()).toBeVisible();
    await expect(page.getByText("LobeChat on the server").first()).toBeVisible();
    expect(before - (await exactBalance(page))).toBe(cost);
  });

  await test.step("revoke it: the next call is 401 within a second", async () => {
    await page.goto("/tokens");
    await page.getByRole("button", { name: /Actions for LobeChat/ }).click();
    await page.getByRole("menuitem", { name: "Revoke…" }).click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await expect(page.getByRole("row", { name: /LobeChat on the server/ })).toContainText("Revoked");
    await expect
      .poll(async () => (await chat(secret, {})).status, { timeout: 1_000, intervals: [50] })
      .toBe(401);
  });
});

test("Setup carries a fresh key into every client's block and runs the checks", async ({ page }) => {
  test.setTimeout(120_000);
  await arrive(page);
  await buyPack(page, "$5.00");
  const secret = await createKey(page, "setup");
  await page.getByRole("link", { name: "Set up a client" }).click();
  await expect(page).toHaveURL(/\/setup\?key=key_/);
  for (const [slug, name, expected] of [
    [
      "lobechat",
      "LobeChat",
      [`OPENAI_API_KEY=${secret}`, `OPENAI_PROXY_URL=${API_URL}/v1`, "OPENAI_MODEL_LIST=-all,+sandbox/echo="],
    ],
    ["nextchat", "NextChat", [`BASE_URL=${API_URL}`, "CUSTOM_MODELS=-all,+sandbox/echo"]],
    ["continue", "Continue", [`apiBase: ${API_URL}/v1`]],
    ["anythingllm", "AnythingLLM", ["GENERIC_OPEN_AI_BASE_PATH"]],
    ["curl", "curl", [`${API_URL}/v1/chat/completions`, secret]],
  ] as const) {
    await page
      .getByRole("link", { name: new RegExp(name) })
      .first()
      .click();
    await expect(page).toHaveURL(new RegExp(`/setup/${slug}`));
    const shown = (await page.locator("main").innerText()).replace(/"/g, "");
    for (const text of expected) expect(shown, `${slug} shows ${text}`).toContain(text.replace(/"/g, ""));
    const blocks = await page.locator("main pre").allInnerTexts();
    expect(blocks.join("\n")).not.toContain("/v1/v1");
    await page.getByRole("link", { name: "All clients" }).click();
  }
  await page
    .getByRole("link", { name: /Cursor/ })
    .first()
    .click();
  await expect(page.getByText("Cursor cannot reach this API")).toBeVisible();
  await page.getByRole("link", { name: "All clients" }).click();
  await page
    .getByRole("link", { name: /LobeChat/ })
    .first()
    .click();
  await page.getByRole("tab", { name: "Docker" }).click();
  await expect(page.locator("main")).toContainText("host.docker.internal");
  await page.getByRole("button", { name: "Run it here" }).first().click();
  await expect(page.getByText("The key works, and may use one model")).toBeVisible();
  await page.getByRole("button", { name: "Run it here" }).last().click();
  await expect(page.getByText("was asked:")).toBeVisible();
  await page.reload();
  expect(await page.content()).not.toContain(secret);
});

async function rotate(page: import("@playwright/test").Page, choice: RegExp, submit: RegExp): Promise<void> {
  await page.goto("/tokens");
  await page.getByRole("button", { name: /Actions for LobeChat/ }).click();
  await page.getByRole("menuitem", { name: "Rotate…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: choice }).check({ force: true });
  await dialog.getByRole("button", { name: submit }).click();
}

/** The exact balance as the Credits page tells it on hover. */
async function exactBalance(page: import("@playwright/test").Page): Promise<bigint> {
  const answer = await page.request.get("/balance.json");
  const { availableNano, balanceNano } = (await answer.json()) as {
    availableNano?: string;
    balanceNano?: string;
  };
  return BigInt(balanceNano ?? availableNano ?? "-1");
}
