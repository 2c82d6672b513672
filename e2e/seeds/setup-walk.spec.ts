import { parseEnv } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, readSecret } from "@/e2e/journeys/walk";
import { covers } from "@/e2e/seeds/coverage";

/** From a new account to the settings of each client, as a person gets there: key, Setup, block. */

const chat = (base: string, key: string, model = "sandbox/echo") =>
  fetch(`${base}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, max_tokens: 30, messages: [{ role: "user", content: "hi" }] }),
  });

async function openClient(page: Page, slug: string): Promise<void> {
  const all = page.getByRole("link", { name: "All clients" });
  if (await all.isVisible()) await all.click();
  await page.locator(`main a[href*="/setup/${slug}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/setup/${slug}\\b`));
}

/** Quotes are the format's business, which the tests of the blocks look after. */
const shown = async (page: Page) => (await page.locator("main").innerText()).replaceAll('"', "");

test("a key, Setup, and the block of each client", async ({ page }) => {
  test.setTimeout(300_000);
  await arrive(page);
  let secret = "";
  let requestId = "";

  await test.step(covers("walk.key"), async () => {
    await page.goto("/tokens?new=1");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("LobeChat at home");
    await dialog.getByLabel("Budget, in US dollars").fill("3");
    await dialog.getByRole("combobox", { name: "Expires" }).click();
    await page.getByRole("option", { name: "In 30 days" }).click();
    await dialog.getByRole("button", { name: "Create key" }).click();
    secret = await readSecret(page);
    expect(secret).toMatch(/^sk-tg-[0-9A-Za-z]{49}$/);
    await expect(page.getByText("This is the only time it is shown")).toBeVisible();
    await expect(page.getByText(/Never in screenshots, chats, tickets or version control/)).toBeVisible();
    await expect(page.getByText(/Rotate it about every 90 days/)).toBeVisible();
    const row = page.getByRole("row", { name: /LobeChat at home/ });
    await expect(row).toContainText("of $3/mo");
    await expect(row).toContainText("Expires in 30 d");
  });

  await test.step(covers("walk.buy"), async () => {
    expect((await chat(`${API_URL}/v1`, secret)).status).toBe(403);
    await buyPack(page, "$5.00");
    const answer = await chat(`${API_URL}/v1`, secret);
    expect(answer.status).toBe(200);
    requestId = answer.headers.get("x-request-id") ?? "";
  });

  await test.step(covers("walk.usage"), async () => {
    await page.goto("/logs");
    await expect(page.getByText(requestId).first()).toBeVisible();
    await expect(page.getByRole("row", { name: /sandbox\/echo/ }).first()).toContainText("$");
    await expect(page.getByText("LobeChat at home").first()).toBeVisible();
  });

  await test.step(covers("walk.blocks"), async () => {
    // A secret lives in the page's memory: a new key, and from there on by clicks alone.
    await page.goto("/tokens?new=1");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("for every client");
    await dialog.getByRole("button", { name: "Create key" }).click();
    secret = await readSecret(page);
    await page.getByRole("link", { name: "Set up a client" }).click();
    await expect(page).toHaveURL(/\/setup\?key=key_/);
    const base = `${API_URL}/v1`;
    const clients: [slug: string, expected: string[]][] = [
      ["lobechat", [`OPENAI_API_KEY=${secret}`, `OPENAI_PROXY_URL=${base}`, "+sandbox/echo="]],
      ["open-webui", [secret, "OPENAI_API_BASE_URL: http://host.docker.internal:", "sandbox/echo"]],
      ["nextchat", [`OPENAI_API_KEY=${secret}`, `BASE_URL=${API_URL}`, "+sandbox/echo="]],
      ["cline", [secret, base, "sandbox/echo"]],
      ["continue", [`apiKey: ${secret}`, `apiBase: ${base}`, "model: sandbox/echo"]],
      ["codex-cli", [`base_url = ${base}`, "model = sandbox/echo", "wire_api = responses"]],
      ["claude-code", [`ANTHROPIC_BASE_URL: ${API_URL}`, `ANTHROPIC_AUTH_TOKEN: ${secret}`, "sandbox/echo"]],
    ];
    for (const [slug, expected] of clients) {
      await openClient(page, slug);
      await expect(page.locator("main pre, main dl").first()).toBeVisible();
      const text = await shown(page);
      for (const part of expected) expect(text, `${slug} shows ${part}`).toContain(part);
      expect((await page.locator("main pre").allInnerTexts()).join("\n"), slug).not.toContain("/v1/v1");
      if (slug === "codex-cli") {
        await page.getByRole("tab", { name: "Terminal" }).click();
        await expect(page.locator("main")).toContainText(secret);
      }
      if (slug !== "lobechat") continue;
      const block = await page.locator("main pre", { hasText: "OPENAI_PROXY_URL" }).first().innerText();
      const { OPENAI_PROXY_URL = "", OPENAI_API_KEY = "" } = parseEnv(block);
      expect((await chat(OPENAI_PROXY_URL, OPENAI_API_KEY)).status).toBe(200);
    }
  });

  await test.step(covers("walk.hosted"), async () => {
    await openClient(page, "cursor");
    await expect(page.getByText("Cursor cannot reach this API")).toBeVisible();
    await expect(page.locator("main")).toContainText("PUBLIC_API_URL");
  });

  await test.step(covers("walk.app-steps"), async () => {
    await openClient(page, "lobechat");
    await page.getByRole("tab", { name: "In the app", exact: true }).click();
    const text = await shown(page);
    for (const part of [
      "AI Service Provider",
      "API Key",
      "API Proxy URL",
      `${API_URL}/v1`,
      "Model ID",
      "sandbox/echo",
    ])
      expect(text).toContain(part);
  });
});
