import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, createKey, readSecret } from "@/e2e/journeys/walk";

/** The list on any screen, patterns of models, which client uses a key, and management keys. */

test.describe.configure({ timeout: 150_000 });

async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours are only right once the theme has changed.
    await page.waitForTimeout(250);
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`));
  }
  return found;
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("patterns of models show what they fit, and the gateway holds to them", async ({ page }) => {
  await arrive(page);
  await page.goto("/tokens?new=1");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Production", exact: true }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue("Production");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await expect(dialog.getByText(/Next start: .* 1 .*, 00:00 UTC/)).toBeVisible();
  await dialog.getByText("Models, addresses, rates").click();
  const find = dialog.getByPlaceholder(/Find a model/);
  await find.fill("nobody/*");
  await expect(dialog.getByText("No model fits this pattern now")).toBeVisible();
  await find.fill("sand*");
  await expect(dialog.getByRole("checkbox", { name: "sandbox/echo" })).toBeVisible();
  await find.press("Enter");
  await expect(dialog.getByRole("list", { name: "Chosen models and patterns" })).toContainText("sand*");
  await expect(dialog.getByRole("checkbox", { name: "sandbox/echo" })).toBeChecked();
  await expect(dialog.getByText("by sand*")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove sand*" }).click();
  await find.fill("nobody/*");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await readSecret(page);
  await expect(page.getByRole("row", { name: /Production/ })).toContainText("nobody/*");
  const answer = await fetch(`${API_URL}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
  expect(((await answer.json()) as { data: unknown[] }).data).toEqual([]);
});

test("the list narrows down to what needs a look, and shows cards on a phone", async ({ page }) => {
  await arrive(page);
  await page.goto("/tokens");
  await expect(page.getByText("Make your first key")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await createKey(page, "quiet");
  await page.goto("/tokens?new=1");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("ends soon, with a name that is as long as people make them at work");
  await dialog.getByLabel("Budget in total").fill("12");
  await dialog.getByLabel("Expires").click();
  await page.getByRole("option", { name: "In 7 days" }).click();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await readSecret(page);

  await page.goto("/tokens");
  await page.getByRole("combobox", { name: "Needs a look" }).click();
  await page.getByRole("option", { name: "Expires within 7 days" }).click();
  await expect(page).toHaveURL(/need=expiring/);
  await expect(page.getByText("1 of 2 keys")).toBeVisible();
  await page.getByRole("combobox", { name: "Needs a look" }).click();
  await page.getByRole("option", { name: "Close to a limit" }).click();
  await expect(page.getByText("No key matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/tokens$/);

  await page.setViewportSize({ width: 360, height: 800 });
  const rows = page.getByRole("row");
  await expect(rows).toHaveCount(3);
  const [first, second] = [await rows.nth(1).boundingBox(), await rows.nth(2).boundingBox()];
  expect(first?.width).toBeGreaterThan(300);
  expect(second?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0));
  await expect(rows.nth(1)).toContainText(/Today\s*\$0\.00/);
  expect(await sideways(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("link", { name: /ends soon/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ends soon");
  await expect(page.getByText("$0.00 of $12.00")).toBeVisible();
  expect(await sideways(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
});

test("a key's page names the client that uses it", async ({ page }) => {
  await arrive(page);
  await buyPack(page, "$5.00");
  const secret = await createKey(page, "watched");
  const call = await fetch(`${API_URL}/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${secret}`,
      "content-type": "application/json",
      "x-title": "LobeChat",
    },
    body: JSON.stringify({ model: "sandbox/echo", messages: [{ role: "user", content: "Hello" }] }),
  });
  expect(call.status).toBe(200);
  await call.text();
  await page.goto("/tokens");
  await page
    .getByRole("row", { name: /watched/ })
    .getByRole("link")
    .first()
    .click();
  const clients = page.getByRole("region", { name: "Clients" });
  await expect(clients).toContainText("LobeChat");
  await expect(clients).toContainText("1 call");
  await expect(page.getByRole("region", { name: "Recent calls" })).toContainText("sandbox/echo");
  expect(await barriers(page)).toEqual([]);
});

test("a budget that calls have used up is told of where one looks for it", async ({ page }) => {
  await arrive(page);
  await buyPack(page, "$5.00");
  await page.goto("/tokens?new=1");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("small purse");
  await dialog.getByLabel("Budget in total").fill("0.005");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await readSecret(page);
  // Large calls first, then small ones for what they leave, until not even those fit.
  for (const words of [400, 60, 8, 1]) {
    for (let status = 200, call = 0; status === 200; call++) {
      expect(call, "the budget holds").toBeLessThan(40);
      const answer = await fetch(`${API_URL}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({
          model: "sandbox/echo",
          messages: [{ role: "user", content: "Hi ".repeat(words) }],
        }),
      });
      await answer.text();
      status = answer.status;
    }
  }
  await page.goto("/tokens?need=limit&sort=limit");
  await page
    .getByRole("row", { name: /small purse/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByText(/The total budget is (nearly )?used up/)).toBeVisible();
  await expect(page.getByText(/until you raise it/)).toBeVisible();
});

test("a management key is shown once, manages keys, makes no calls, and ends at once", async ({
  page,
  baseURL,
}) => {
  await arrive(page);
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Management keys" }).click();
  await expect(page.getByText("No management keys")).toBeVisible();
  await page.getByRole("button", { name: "Create management key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create management key" }).click();
  await expect(dialog.getByText("Fill this in.")).toBeVisible();
  await dialog.getByLabel("Name").fill("portal");
  await dialog.getByRole("button", { name: "Create management key" }).click();
  const secret = await readSecret(page);
  expect(secret).toMatch(/^mk-tg-[0-9A-Za-z]{49}$/);
  expect(page.url()).not.toContain(secret);
  expect(await barriers(page)).toEqual([]);

  const headers = { authorization: `Bearer ${secret}` };
  const manage = async () => (await fetch(`${baseURL}/api/v1/keys`, { headers })).status;
  expect(await manage()).toBe(200);
  expect((await fetch(`${API_URL}/v1/models`, { headers })).status).toBe(401);
  await page.reload();
  await expect(page.getByText("is no longer here")).toBeVisible();
  expect(await page.content()).not.toContain(secret.slice(6, -6));

  // It is no key of the list, and has no page there.
  await page.goto("/tokens");
  await expect(page.getByText("Make your first key")).toBeVisible();
  await page.goto("/tokens/management");
  await page.getByRole("button", { name: "Revoke portal" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke it" }).click();
  await expect(page.getByRole("row", { name: /portal/ })).toContainText("Revoked");
  await expect(page.locator("#main")).toBeFocused();
  expect(await manage()).toBe(401);
});
