import { type Browser, expect, type Page, test } from "@playwright/test";
import { arrive, signIn, signUp } from "@/e2e/journeys/walk";

/** Every way that a payment can take, seen from the page. */

async function toPaymentPage(page: Page, get = "$21.00"): Promise<void> {
  await page.goto("/credits");
  await page.getByText(`Get ${get}`).click();
  await page.getByRole("button", { name: /^Buy .* credit$/ }).click();
  await page.waitForURL(/\/sandbox\/pay\//);
}

async function payWith(page: Page, method: RegExp): Promise<void> {
  await page.getByRole("radio", { name: method }).check();
  await page.getByRole("button", { name: /^Pay / }).click();
}

async function somebodyElse(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await arrive(page);
  return page;
}

const history = (page: Page) => page.getByRole("table", { name: "History" });

test("leaving the payment page charges nothing, and the order can still be paid by going back", async ({
  page,
}) => {
  await arrive(page);
  await toPaymentPage(page);
  await page.getByRole("link", { name: "Cancel and go back" }).click();
  await expect(page.getByText("You left the payment page")).toBeVisible();
  await expect(page.getByText("Nothing has been booked yet")).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect(page.getByText("Payment received")).toBeVisible();
  await expect(history(page).getByRole("link", { name: "Credit pack" })).toHaveCount(1);
});

test("a declined card leaves the page open, and the next try is credited once", async ({ page }) => {
  await arrive(page);
  await toPaymentPage(page, "$5.00");
  await payWith(page, /0002/);
  await expect(page.getByRole("alert")).toHaveText("Your card was declined. Nothing was charged.");
  await payWith(page, /4242/);
  await expect(page.getByText("Payment received")).toBeVisible();
  for (let n = 0; n < 3; n++) await page.reload();
  await expect(history(page).getByRole("row")).toHaveCount(2);
  await history(page).getByRole("link", { name: "Credit pack" }).click();
  const line = page.getByRole("dialog");
  await expect(line.getByText("Payments through Stripe")).toBeVisible();
  await expect(line.getByText(/^stripe:pi_/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Credit pack" })).toBeVisible();
});

test("a bank debit is shown as on its way, and becomes credit by itself", async ({ page }) => {
  await arrive(page);
  await toPaymentPage(page, "$54.00");
  await payWith(page, /000123456789/);
  await expect(page.getByText("Your payment is on its way")).toBeVisible();
  await expect(page.getByText("Nothing has been booked yet")).toBeVisible();
  await expect(page.getByText("Payment received")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("$54.00").first()).toBeVisible();
});

test("a bank debit that fails is said plainly, and books nothing", async ({ page }) => {
  await arrive(page);
  await toPaymentPage(page);
  await payWith(page, /000111111116/);
  await expect(page.getByText("The payment failed")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Nothing has been booked yet")).toBeVisible();
});

test("the webhook credits a payment whose payer never comes back", async ({ page, browser }) => {
  await arrive(page);
  await toPaymentPage(page);
  const elsewhere = await (await browser.newContext()).request.post(page.url(), {
    form: { email: "payer@example.com", method: "card" },
    maxRedirects: 0,
  });
  expect(elsewhere.status()).toBe(303);
  await expect(async () => {
    await page.goto("/credits");
    await expect(history(page).getByRole("link", { name: "Credit pack" })).toHaveCount(1, { timeout: 500 });
  }).toPass();
});

test("another account's payment and ledger line answer like missing ones", async ({ page, browser }) => {
  await arrive(page);
  await toPaymentPage(page);
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect(page.getByText("Payment received")).toBeVisible();
  const returned = page.url();
  const line = await history(page).getByRole("link", { name: "Credit pack" }).getAttribute("href");

  const stranger = await somebodyElse(browser);
  await stranger.goto(returned);
  await expect(stranger.getByText("There is no such payment here")).toBeVisible();
  await expect(stranger.getByText("Nothing has been booked yet")).toBeVisible();
  for (const path of [line ?? "", "/credits/999999999", "/credits/x"]) {
    expect((await stranger.goto(path))?.status()).toBe(404);
  }
  await stranger.goto("/credits?session_id=cs_test_nothing");
  await expect(stranger.getByText("There is no such payment here")).toBeVisible();
  await stranger.goto("/credits?before=garbage");
  await expect(stranger.getByText("There is no such page of the history")).toBeVisible();
});

test("people who are not verified see the packs and cannot buy", async ({ page }) => {
  const email = await signUp(page);
  await signIn(page, email);
  await expect(page).toHaveURL(/\/overview/);
  await page.goto("/credits");
  await expect(page.getByText("Get $21.00")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Buy .* credit$/ })).toBeDisabled();
  await expect(page.getByRole("radio", { name: /Get \$5\.00/ })).toBeDisabled();
  await expect(page.getByText("Confirm your e-mail address first.")).toBeVisible();
});

test("packs are chosen and bought by keyboard alone, at 360 px", async ({ page }) => {
  await arrive(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/credits");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.getByRole("radio", { name: /Get \$21\.00/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Buy $50 credit" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sandbox\/pay\//);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expect(page.getByText("Stand-in for Stripe.")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Payment received")).toBeVisible();
});
