import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";

const PAGES = [
  "/",
  "/models",
  "/pricing",
  "/docs/errors/insufficient_quota",
  "/docs/errors/403",
  "/docs/errors/524",
  "/docs",
  "/docs/clients/lobechat",
  "/docs/guides/one-base-url",
  "/docs/api",
  "/sign-up",
];

for (const path of PAGES) {
  test(`${path} fits a phone, runs under its policy and has no barrier`, async ({ page }) => {
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}

test("a page's policy carries a nonce of its own and the hard headers", async ({ request }) => {
  const nonces = new Set<string>();
  for (let round = 0; round < 2; round += 1) {
    const answer = await request.get("/");
    const headers = answer.headers();
    const policy = headers["content-security-policy"] ?? "";
    const [, nonce = ""] = /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy) ?? [];
    expect(nonce).not.toBe("");
    nonces.add(nonce);
    const html = await answer.text();
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["x-request-id"]).toMatch(/^req_/);
    expect(headers["x-powered-by"]).toBeUndefined();
  }
  expect(nonces.size).toBe(2);
});

test("a path that looks like a file still has the policy", async ({ request }) => {
  const answer = await request.get("/nothing/here.html");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["content-security-policy"]).toContain("'strict-dynamic'");
});

for (const path of [
  "/v1/chat/completions",
  "/v1",
  "/chat/completions",
  "/responses",
  "/messages/count_tokens",
  "/cursor/chat/completions",
  "/openai/deployments/m/chat/completions",
  "/api/pricing",
]) {
  test(`${path} on the dashboard's address answers with the right URL`, async ({ request }) => {
    const answer = await request.post(path, { data: { model: "sandbox/echo" } });
    expect(answer.status()).toBe(404);
    const { error } = await answer.json();
    expect(error).toMatchObject({ code: "wrong_host", type: "invalid_request_error", param: null });
    expect(error.url.startsWith(`${API_URL}/`)).toBe(true);
    expect(error.request_id).toBe(answer.headers()["x-request-id"]);
    const preflight = await request.fetch(path, {
      method: "OPTIONS",
      headers: { "access-control-request-headers": "authorization" },
    });
    expect(preflight.status()).toBe(204);
    expect(preflight.headers()["access-control-allow-headers"]).toBe("authorization");
  });
}

test("a page asked for with an API key answers in JSON with the right URL", async ({ request }) => {
  for (const path of ["/models", "/models/sandbox/echo", "/credits", "/key", "/nothing"]) {
    const credentials: Record<string, string>[] = [
      { authorization: "Bearer sk-tg-x" },
      { "x-api-key": "sk-tg-x" },
    ];
    for (const headers of credentials) {
      const answer = await request.get(path, { headers });
      expect([path, answer.status()]).toEqual([path, 404]);
      expect((await answer.json()).error).toMatchObject({ code: "wrong_host", url: `${API_URL}/v1${path}` });
    }
  }
});

test("an address with nothing at it says so and leads back", async ({ page }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Back to the start" }).click();
  await expect(page).toHaveURL("/");
});

test("the sample on the landing page copies, with the gateway's own address", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("tab", { name: "Python" }).click();
  await page.getByRole("button", { name: "Copy call.py" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`base_url="${API_URL}/v1"`);
  expect(copied).toContain('model="sandbox/echo"');
});
