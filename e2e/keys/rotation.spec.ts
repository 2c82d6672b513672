import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, createKey, readSecret } from "@/e2e/journeys/walk";

/** Replacing and ending secrets: with a time of one's own, all at once, by keyboard, and what remains of them. */

test.describe.configure({ timeout: 150_000 });

const status = async (key: string) =>
  (await fetch(`${API_URL}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status;
const dies = (key: string) => expect.poll(() => status(key), { timeout: 1_500, intervals: [50] }).toBe(401);

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

async function openMenu(page: Page, name: string, item: string) {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a secret works on for a time of one's own, both are shown, and the old one is stopped early", async ({
  page,
}) => {
  await arrive(page);
  const old = await createKey(page, "turning");
  await page.goto("/tokens");
  await openMenu(page, "turning", "Rotate…");
  const dialog = page.getByRole("dialog");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("radio", { name: "Works for a time of your own" }).click();
  await dialog.getByLabel("How long").fill("45");
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  await expect(dialog.getByText(/at most 30d/)).toBeVisible();
  await expect(dialog.getByLabel("How long")).toHaveValue("45");
  await expect(dialog.getByLabel("How long")).toBeFocused();
  await dialog.getByLabel("Unit").click();
  await page.getByRole("option", { name: "minutes" }).click();
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  const fresh = await readSecret(page);
  expect(fresh).not.toBe(old);
  expect([await status(old), await status(fresh)]).toEqual([200, 200]);

  const row = page.getByRole("row", { name: /turning/ });
  await expect(row).toContainText("Rotating");
  await expect(row).toContainText(old.slice(-4));
  await expect(row).toContainText(fresh.slice(-4));
  await expect(row).toContainText(/ends in 4[45] min/);
  await row.getByRole("link").first().click();
  await expect(page.getByText("Two secrets work now")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Stop the old one now" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End it now" }).click();
  await expect(page.getByText("Two secrets work now")).toBeHidden();
  await expect(page.locator("#main")).toBeFocused();
  await dies(old);
  expect(await status(fresh)).toBe(200);
  await expect(page.getByText(`Old secret …${old.slice(-4)} ended early`)).toBeVisible();
});

test("all keys at once: each new secret is seen this once and in one file, none stays behind", async ({
  page,
  context,
}) => {
  await arrive(page);
  const old = [await createKey(page, "first of all"), await createKey(page, "second of all")];
  await page.goto("/tokens");
  await page.getByRole("button", { name: "More for all keys" }).click();
  await page.getByRole("menuitem", { name: "Rotate all keys…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: /They leaked/ })).toBeChecked();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Rotate all keys" }).click();
  await expect(dialog.getByRole("heading", { name: "2 new secrets" })).toBeVisible();
  const fresh = await dialog.getByTestId("fresh-secret").allInnerTexts();
  expect(fresh).toHaveLength(2);
  // Nothing closes it by accident.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download all 2 as one .env" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tollgate-keys-\d{4}-\d\d-\d\d\.env$/);
  const file = readFileSync(await download.path(), "utf8");
  expect(file).toContain(`FIRST_OF_ALL=${fresh[0]}\n`);
  expect(file).toContain(`SECOND_OF_ALL=${fresh[1]}\n`);
  await dialog.getByRole("button", { name: "I have stored them" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "More for all keys" })).toBeFocused();
  for (const key of old) await dies(key);
  for (const key of fresh) expect(await status(key)).toBe(200);

  await page.reload();
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      document.cookie,
      location.href,
    ]),
  );
  const all = (await page.content()) + kept + JSON.stringify(await context.storageState());
  for (const key of fresh) expect(all).not.toContain(key.slice(6, -6));
});

test("revoking asks, by keyboard too, and the keyboard goes back to where it was", async ({ page }) => {
  await arrive(page);
  const secret = await createKey(page, "to be ended");
  await page.goto("/tokens");
  const menu = page.getByRole("button", { name: "Actions for to be ended" });
  // A key that is pressed before the page has its scripts opens nothing.
  await expect(async () => {
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("cannot be undone");
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(menu).toBeFocused();
  expect(await status(secret)).toBe(200);

  await openMenu(page, "to be ended", "Revoke…");
  await question.getByRole("button", { name: "Revoke key" }).press("Enter");
  await expect(page.getByRole("row", { name: /to be ended/ })).toContainText("Revoked");
  await expect(menu).toBeFocused();
  await dies(secret);

  await page
    .getByRole("row", { name: /to be ended/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByText(/This key is revoked/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit" })).toHaveCount(0);
  expect(await barriers(page)).toEqual([]);

  await page.goto("/tokens");
  expect(await barriers(page)).toEqual([]);
  await createKey(page, "ended on its page");
  await page.goto("/tokens?q=ended+on+its");
  await page
    .getByRole("link", { name: /ended on its page/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await question.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText(/This key is revoked/)).toBeVisible();
  await expect(page.locator("#main")).toBeFocused();
});

test("a key that someone found and reported has ended, and its page says where it was found", async ({
  page,
  baseURL,
}) => {
  await arrive(page);
  const secret = await createKey(page, "found outside");
  const found = "https://example.com/paste?x=<b>1</b>";
  const report = await fetch(`${baseURL}/api/leaks`, {
    method: "POST",
    body: JSON.stringify({ key: secret, url: found }),
  });
  expect(report.status).toBe(202);
  await dies(secret);
  await page.goto("/tokens?status=revoked");
  await page
    .getByRole("link", { name: /found outside/ })
    .first()
    .click();
  await expect(page.getByText("This key leaked")).toBeVisible();
  const event = page.getByRole("listitem").filter({ hasText: "Someone reported" });
  await expect(event).toContainText(`…${secret.slice(-4)}`);
  await expect(event).toContainText("https://example.com/paste");
  await expect(event.getByRole("link")).toHaveCount(0);
  await expect(event).toContainText("Tollgate");
  expect(await barriers(page)).toEqual([]);
});

test("when a secret counts as old is set on the list", async ({ page }) => {
  await arrive(page);
  await createKey(page, "young");
  await page.goto("/tokens");
  const open = async () => {
    await page.getByRole("button", { name: "More for all keys" }).click();
    await page.getByRole("menuitem", { name: "Reminder of old keys…" }).click();
  };
  await open();
  const days = page.getByRole("dialog").getByLabel("Days");
  await expect(days).toHaveValue("90");
  for (const [typed, says] of [
    ["-1", "Use 0 or more."],
    ["soon", "Enter a number."],
    ["99999", "Use 3650 or less."],
  ] as const) {
    await days.fill(typed);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(says)).toBeVisible();
    await expect(days).toHaveValue(typed);
  }
  await days.fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A secret is old after 30 days")).toBeVisible();
  await open();
  await expect(days).toHaveValue("30");
});
