import { request as rawRequest } from "node:http";
import { expect, test } from "@playwright/test";
import { APP_URL } from "@/e2e/harness/urls";
import { arrive, PASSWORD, signUp } from "@/e2e/journeys/walk";

/** What a browser does not show: headers, next-auth's own routes, other sites' pages, foreign hosts. */

function ask(path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  const { port } = new URL(APP_URL);
  return new Promise((resolve, reject) => {
    const sent = rawRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

test("pages of an account are never stored, framed or sniffed", async ({ page }) => {
  await arrive(page);
  for (const path of ["/sign-up", "/verify", "/reset", "/settings", "/sandbox/mail", "/api/auth/session"]) {
    const headers = (await page.request.get(path)).headers();
    expect(headers["cache-control"], path).toContain("no-store");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    if (path.startsWith("/api")) continue;
    expect(headers["content-security-policy"], path).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["x-request-id"], path).toMatch(/^req_/);
  }
  const cookies = await page.context().cookies();
  const session = cookies.find((cookie) => cookie.name.endsWith("tollgate-session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("next-auth's routes sign in with its token, never say why not, and end the session for good", async ({
  page,
  playwright,
}) => {
  const email = await signUp(page);
  const browser = await playwright.request.newContext({ baseURL: APP_URL });
  const { csrfToken } = await (await browser.get("/api/auth/csrf")).json();
  const post = (form: Record<string, string>) =>
    browser.post("/api/auth/callback/credentials", { form: { json: "true", ...form } });

  const wrong = await post({ csrfToken, email, password: "not the password at all" });
  expect(wrong.status()).toBe(401);
  expect((await wrong.json()).url).toContain("error=CredentialsSignin");
  const without = await post({ email, password: PASSWORD });
  expect((await without.json()).url).toContain("csrf=true");
  expect(await (await browser.get("/api/auth/session")).json()).toEqual({});

  const right = await post({ csrfToken, email, password: PASSWORD, callbackUrl: "https://evil.test/x" });
  expect((await right.json()).url).toBe(`${APP_URL}/overview`);
  expect(await (await browser.get("/api/auth/session")).json()).toMatchObject({ user: { email } });
  const stolen = await browser.storageState();
  expect((await browser.post("/api/auth/signout", { form: { csrfToken, json: "true" } })).ok()).toBe(true);

  const thief = await playwright.request.newContext({ baseURL: APP_URL, storageState: stolen });
  expect(await (await thief.get("/api/auth/session")).json()).toEqual({});
  expect((await thief.get("/settings", { maxRedirects: 0 })).status()).toBe(307);
  for (const closed of ["providers", "signout", "_log", "callback/credentials"]) {
    expect((await browser.get(`/api/auth/${closed}`)).status(), closed).toBe(404);
  }
  expect((await browser.post("/api/auth/_log", { data: {} })).status()).toBe(404);
  await browser.dispose();
  await thief.dispose();
});

test("what another site's page sends changes nothing", async ({ page }) => {
  await arrive(page);
  for (const origin of ["http://evil.test", "null"]) {
    for (const path of ["/settings", "/sign-in", "/api/auth/signout", "/api/auth/callback/credentials"]) {
      const answer = await page.request.post(path, { headers: { origin }, form: { a: "b" } });
      expect(answer.status(), `${origin} ${path}`).toBe(403);
    }
  }
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/settings/);
});

test("the outbox answers this machine only", async () => {
  const { host } = new URL(APP_URL);
  expect(await ask("/sandbox/mail", { host })).toBe(200);
  expect(await ask("/sandbox/mail", { host: "tollgate.example" })).toBe(403);
  expect(await ask("/sandbox/mail", { host: "localhost.evil.test" })).toBe(403);
  for (const name of ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]) {
    expect(await ask("/sandbox/mail", { host, [name]: "127.0.0.1" }), name).toBe(403);
  }
});
