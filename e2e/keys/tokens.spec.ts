import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, createKey, readSecret, signIn, signUp } from "@/e2e/journeys/walk";

/** What the main journey leaves out: bad input, two at once, strangers, the keyboard, and where a secret must not be. */

test.describe.configure({ timeout: 150_000 });

const models = (key: string) =>
  fetch(`${API_URL}/v1/models`, { headers: { authorization: `Bearer ${key}` } });

/** Files below a folder that hold a text. A file that Postgres removes meanwhile holds nothing any more. */
function filesWith(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(entries.length).toBeGreaterThan(100);
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    try {
      return readFileSync(path).includes(text) ? [path] : [];
    } catch {
      return [];
    }
  });
}

async function barriers(page: Page): Promise<string[]> {
  // Colours are only right once things have appeared.
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function openKey(page: Page, name: string): Promise<string> {
  await page.goto("/tokens");
  await page
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
}

test("a key is made by keyboard, and what was typed survives a refusal", async ({ page }) => {
  await arrive(page);
  await page.goto("/tokens?new=1");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Fill this in.")).toBeVisible();
  await page.keyboard.type("<b>by keyboard</b>");
  await dialog.getByLabel("Budget, in US dollars").fill("lots");
  await dialog.getByText("Models, addresses, rates").press("Enter");
  await dialog.getByLabel("Addresses").fill("300.1.1.1");
  await dialog.getByLabel("Name").press("Enter");
  await expect(dialog.getByText(/Enter an amount in US dollars/)).toBeVisible();
  await expect(dialog.getByText(/Enter addresses or ranges/)).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("<b>by keyboard</b>");
  await expect(dialog.getByLabel("Addresses")).toHaveValue("300.1.1.1");
  await expect(dialog.getByLabel("Budget, in US dollars")).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel("Budget, in US dollars").fill("2.5");
  await dialog.getByLabel("Addresses").fill("0.0.0.0/0, ::ffff:10.1.2.3");
  await dialog.getByLabel("Name").focus();
  await expect(dialog.getByText(/lets everyone in/)).toBeVisible();
  await expect(dialog.getByText("::ffff:10.1.2.3 is read as 10.1.2.3/32.")).toBeVisible();
  await dialog.getByLabel("Name").press("Enter");
  expect(await readSecret(page)).toMatch(/^sk-tg-/);
  await expect(page.getByRole("region", { name: /is ready/ })).toBeFocused();
  const row = page.getByRole("row", { name: /<b>by keyboard<\/b>/ });
  await expect(row).toContainText("$0.00 of $2.50/mo");
  await expect(row).toContainText("resets in");
  expect(await barriers(page)).toEqual([]);
});

test("a secret lives in the page's memory and nowhere else", async ({ page, context }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url(), request.postData() ?? ""));
  await arrive(page);
  const secret = await createKey(page, "nowhere else");
  const body = secret.slice(6, -6);
  await page.getByRole("link", { name: "Set up a client" }).click();
  await expect(page).toHaveURL(/\/setup\?key=key_/);
  await page.goBack();
  expect(await readSecret(page)).toBe(secret);

  expect(JSON.stringify(await context.storageState())).not.toContain(body);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]),
  );
  expect(stored).not.toContain(body);
  expect(sent.filter((text) => text.includes(body))).toEqual([]);
  await page.reload();
  await expect(page.getByText("is no longer here")).toBeVisible();
  expect(await page.content()).not.toContain(body);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page).toHaveURL(/\/tokens$/);
  // The whole data folder: the database's own files, its write-ahead log, and every log file.
  expect(filesWith(process.env.TOLLGATE_TEST_DATA_DIR ?? "", body)).toEqual([]);
});

test("pause, resume and limits hold at the gateway, and two edits at once do not overwrite each other", async ({
  page,
  context,
}) => {
  await arrive(page);
  const secret = await createKey(page, "edited twice");
  expect((await models(secret)).status).toBe(200);
  const path = await openKey(page, "edited twice");
  const other = await context.newPage();
  await other.goto(path);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(/This key is paused/)).toBeVisible();
  await expect.poll(async () => (await models(secret)).status, { timeout: 1_500, intervals: [50] }).toBe(401);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(async () => (await models(secret)).status, { timeout: 1_500, intervals: [50] }).toBe(200);

  await other.getByRole("button", { name: "Edit" }).click();
  await other.getByRole("dialog").getByLabel("Name").fill("overwritten");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByText(/Someone changed this key after you opened it/)).toBeVisible();
  await expect(other.getByRole("dialog").getByLabel("Name")).toHaveValue("overwritten");
  await other.getByRole("button", { name: "Show the key as it is now" }).click();
  await expect(other.getByRole("dialog")).toBeHidden();
  await expect(other.getByRole("heading", { level: 1, name: "edited twice" })).toBeVisible();
  await other.getByRole("button", { name: "Edit" }).click();
  await expect(other.getByRole("dialog").getByLabel("Name")).toHaveValue("edited twice");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("dialog").getByText("Models, addresses, rates").click();
  await page.getByRole("dialog").getByLabel("Requests per minute").fill("7");
  await page.getByRole("dialog").getByText("sandbox/echo").click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Save changes" }).click();
  const change = page.getByRole("listitem").filter({ hasText: "Changed" });
  await expect(change).toContainText(/models\s*from none\s*→\s*to sandbox\/echo/);
  await expect(change).toContainText(/requests per minute\s*from none\s*→\s*to 7/);
  expect(await barriers(page)).toEqual([]);
});

test("someone whose address is not confirmed sees why, and a stranger's key is missing", async ({
  page,
  browser,
}) => {
  await arrive(page);
  await createKey(page, "private");
  const path = await openKey(page, "private");

  const stranger = await (await browser.newContext()).newPage();
  const email = await signUp(stranger);
  await signIn(stranger, email);
  await expect(stranger).toHaveURL(/\/overview/);
  await stranger.goto("/tokens?new=1");
  await expect(stranger.getByText(/Confirm your e-mail address/)).toHaveCount(2);
  const create = stranger.getByRole("button", { name: "Create key" });
  await expect(create).toBeDisabled();
  await expect(create).toHaveAccessibleDescription("Confirm your e-mail address first.");
  await expect(stranger.getByText("Make your first key")).toBeVisible();
  expect((await stranger.goto(path))?.status()).toBe(404);
  await expect(stranger.getByText("private")).toHaveCount(0);
  await stranger.goto(`/tokens?shown=${path.split("/").at(-1)}`);
  await expect(stranger.getByText(/private/)).toHaveCount(0);
  for (const odd of ["/tokens/key_nope", "/tokens/%00", "/keys/key_nope"]) {
    expect((await stranger.goto(odd))?.status(), odd).toBe(404);
  }
  await stranger.goto("/keys");
  await expect(stranger).toHaveURL(/\/tokens$/);
  await stranger.context().close();
});

test("the command menu opens the dialog from the list itself, again and again", async ({ page }) => {
  await arrive(page);
  await page.goto("/tokens");
  const dialog = page.getByRole("dialog", { name: "Create a key" });
  for (const attempt of ["first", "second"]) {
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: "Create key" }).click();
    await expect(dialog, attempt).toBeVisible();
    await dialog.getByLabel("Name").press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(/\/tokens$/);
  }
});

test("search, status and order live in the address", async ({ page }) => {
  await arrive(page);
  for (const name of ["alpha", "beta"]) await createKey(page, name);
  await page.goto("/tokens");
  await page.getByRole("searchbox").fill("alp");
  await expect(page).toHaveURL(/q=alp/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("alp");
  await expect(page.getByText("1 of 2 keys")).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).click();
  await page.getByRole("option", { name: "Revoked" }).click();
  await expect(page.getByText("No key matches")).toBeVisible();
  await page.getByRole("link", { name: "Show all keys" }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});
