import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { runCli } from "@/e2e/billing/run-cli";
import { arrive } from "@/e2e/journeys/walk";

/** Everything on the Credits page besides paying: codes, automatic top-up, refunds, alerts, the history and its file. */

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

const part = (page: Page, name: string) => page.getByRole("region", { name });
const history = (page: Page) => page.getByRole("table", { name: "History" });

/** Buys the $20 pack of $21, with a card that is kept or not. */
async function buy(page: Page, card = /4242/, save = false): Promise<void> {
  await page.goto("/credits");
  await page.getByText("Get $21.00").click();
  if (save) await page.getByLabel("Save this card for automatic top-up").check();
  await page.getByRole("button", { name: /^Buy .* credit$/ }).click();
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByRole("radio", { name: card }).check();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect(page.getByText("Payment received")).toBeVisible();
}

async function stranger(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await arrive(page);
  return page;
}

test("a code is added once, in any case, and what is wrong with one stands by the field", async ({
  page,
}) => {
  await arrive(page);
  const code = `SPRING-${Date.now()}`;
  await runCli("codes", "create", "--code", code, "--usd", "5", "--credit-lasts-days", "30");
  await page.goto("/credits");
  const field = part(page, "Code or gift").getByLabel("Code");
  for (const [typed, message] of [
    ["", "A code has 4 to 40 letters"],
    ["no such code!", "A code has 4 to 40 letters"],
    ["NOT-A-CODE", "There is no such code"],
  ] as const) {
    await field.fill(typed);
    await field.press("Enter");
    await expect(field).toHaveAccessibleDescription(new RegExp(message));
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(typed);
  }
  await field.fill(` ${code.toLowerCase()} `);
  await field.press("Enter");
  await expect(page.getByText("$5.00 was added to your balance")).toBeVisible();
  await expect(page.getByText(/Use it by /)).toBeVisible();
  await expect(history(page).getByRole("link", { name: "Code" })).toHaveCount(1);
  await expect(page.getByRole("table", { name: /Your credit/ })).toContainText("used next");
  await field.fill(code);
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(/has used this code already/);
});

test("automatic top-up is set with a saved card, refuses what cannot work, and is switched off", async ({
  page,
}) => {
  await arrive(page);
  await page.goto("/credits");
  await expect(part(page, "Automatic top-up")).toContainText("No card is saved yet");
  await buy(page, /4242/, true);
  const form = part(page, "Automatic top-up");
  await form.getByRole("switch", { name: "Buy by itself" }).press("Space");
  const threshold = form.getByLabel(/When the balance falls below/);
  const cap = form.getByLabel(/At most a month/);
  for (const [typed, message] of [
    ["-1", /Enter an amount in US dollars/],
    ["NaN", /Enter an amount in US dollars/],
    ["21", /less than the pack gives/],
  ] as const) {
    await threshold.fill(typed);
    await form.getByRole("button", { name: "Save" }).click();
    await expect(threshold).toHaveAccessibleDescription(message);
    await expect(threshold).toHaveValue(typed);
  }
  await threshold.fill("2.50");
  await cap.fill("19");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(cap).toHaveAccessibleDescription(/cover at least one pack/);
  await cap.fill("1e9999");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(cap).toHaveAccessibleDescription(/number/);
  await cap.fill("40");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Automatic top-up is on")).toBeVisible();
  await page.reload();
  await expect(form).toContainText(/On: below \$2\.50, .* is bought for \$20\.00 with Visa 4242/);
  await expect(form).toContainText("$0.00 of $40.00 charged this month");
  await form.getByRole("switch", { name: "Buy by itself" }).click();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toContainText("Off: nothing is bought by itself");
});

test("a card that needs its owner leads to its pack, and starts again by hand", async ({ page }) => {
  await arrive(page);
  await buy(page, /3184/, true);
  const form = part(page, "Automatic top-up");
  await form.getByRole("switch", { name: "Buy by itself" }).click();
  await form.getByLabel("Pack").click();
  await page.getByRole("option", { name: /\$50\.00/ }).click();
  await form.getByLabel(/When the balance falls below/).fill("30");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Automatic top-up is on")).toBeVisible();
  // The balance is below the threshold already: the worker tries, and the card wants its owner.
  await expect(async () => {
    await page.goto("/credits");
    await expect(form.getByText("Your bank wants you to confirm")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await form.getByRole("link", { name: "Buy it yourself" }).click();
  await expect(page.getByRole("radio", { name: /Pay \$50\.00/ })).toBeChecked();
  await page.goto("/credits?pack=nothing");
  await expect(page.getByRole("radio", { name: /Pay \$20\.00/ })).toBeChecked();
  await form.getByRole("button", { name: "Save and start again" }).click();
  await expect(page.getByText("Automatic top-up is on")).toBeVisible();
});

test("an unused pack is given back after a question, by keyboard", async ({ page }) => {
  await arrive(page);
  await buy(page);
  const receipts = part(page, "Receipts and refunds");
  await expect(receipts.getByRole("link", { name: "Receipt" })).toHaveAttribute("href", /\/receipts\//);
  await receipts.getByRole("button", { name: "Give back" }).focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("$20.00 goes back the way it came");
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(receipts.getByRole("button", { name: "Give back" })).toBeFocused();
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Give back for $20.00" }).press("Enter");
  await expect(page.getByText("$20.00 is on its way back to you")).toBeVisible();
  await expect(receipts).toContainText("$20.00 refunded");
  await expect(receipts.getByRole("button", { name: "Give back" })).toHaveCount(0);
  await page.goto("/credits?kind=refunds");
  // The pack and its bonus, each to where it came from.
  const lines = history(page).getByRole("row").filter({ hasText: "20.00" });
  await lines.getByRole("link", { name: "Refund" }).first().click();
  await expect(page.getByRole("dialog")).toContainText("Payments through Stripe");
});

test("alerts keep what was typed, and show the webhook's secret once", async ({ page }) => {
  await arrive(page);
  await page.goto("/credits");
  const alerts = part(page, "Alerts");
  const url = alerts.getByLabel(/Webhook/);
  const low = alerts.getByLabel(/Tell me when/);
  await low.fill("-3");
  await url.fill("http://10.0.0.1/x");
  await alerts.getByRole("button", { name: "Save alerts" }).click();
  await expect(low).toHaveAccessibleDescription(/Enter an amount in US dollars/);
  await expect(url).toHaveAccessibleDescription(/https address/);
  await expect(url).toHaveValue("http://10.0.0.1/x");
  await low.fill("7.5");
  await url.fill("https://hooks.example.com/tollgate");
  await alerts.getByRole("button", { name: "Save alerts" }).click();
  await expect(alerts.getByTestId("secret")).toHaveText(/^whsec_/);
  await expect(alerts).toContainText("timingSafeEqual");
  await page.reload();
  await expect(url).toHaveValue("https://hooks.example.com/tollgate");
  await expect(low).toHaveValue("7.5");
  await expect(alerts.getByTestId("secret")).toHaveCount(0);
});

test("the history narrows down and is saved as a file; another's is not there", async ({ page, browser }) => {
  await arrive(page);
  await buy(page);
  await page.goto("/credits?kind=purchases");
  await expect(history(page).getByRole("link", { name: "Credit pack" })).toHaveCount(1);
  const filter = part(page, "History");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    filter.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^tollgate-credits-\d{4}-\d\d-\d\d\.csv$/);
  const csv = await (await page.request.get("/credits/history.csv?kind=purchases")).text();
  expect(csv).toMatch(/^at,type,amount_usd/);
  expect(csv).toContain("grant:purchase,20,");
  await filter.getByLabel("Kind").click();
  await page.getByRole("option", { name: "Disputes" }).click();
  await filter.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/kind=disputes/);
  await expect(filter).toContainText("Nothing of this kind in that time");
  await filter.getByRole("link", { name: "Show everything" }).click();
  await expect(history(page).getByRole("link", { name: "Credit pack" })).toHaveCount(1);
  await page.goto("/credits?from=2026-02-31&kind=nonsense");
  await expect(filter).toContainText("There is no such kind");
  expect((await page.request.get("/credits/history.csv?from=2026-02-31")).status()).toBe(400);

  const other = await stranger(browser);
  expect((await (await other.request.get("/credits/history.csv")).text()).trim().split("\n")).toHaveLength(1);
  const nobody = await (await browser.newContext()).request.get("/credits/history.csv", { maxRedirects: 0 });
  expect([307, 401]).toContain(nobody.status());
});

test("billing details are on the payment service's page, which leads back", async ({ page }) => {
  await arrive(page);
  await page.goto("/credits");
  await page.getByRole("button", { name: "Billing details and cards" }).click();
  await page.waitForURL(/\/sandbox\/pay\/portal\//);
  await page.getByLabel("Name or company").fill("Example GmbH");
  await page.getByLabel("VAT id").fill("DE123456789");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your details are saved.")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("link", { name: "Back to Tollgate" }).click();
  await expect(page).toHaveURL(/\/credits/);
});

test("nothing stands in anybody's way, at 360 px, in both themes, with much on the page", async ({
  page,
}) => {
  const email = await arrive(page);
  await buy(page, /4242/, true);
  for (const [usd, reason] of [
    ["3", "A gift with a rather long reason, as people give them, to see where it wraps"],
    ["0.000001", "x"],
  ] as const) {
    await runCli("credits", "grant", "--email", email, "--usd", usd, "--reason", reason);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/credits");
  await expect(page.getByRole("heading", { name: "How calls are charged" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await barriers(page)).toEqual([]);
});
