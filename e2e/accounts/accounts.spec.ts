import { expect, type Page, test } from "@playwright/test";
import { arrive, newEmail, PASSWORD, signIn, signUp } from "@/e2e/journeys/walk";

/** Everything about one's account, as a person does it. */

const NEXT = "copper lantern orbit";

/** The link of the newest mail to an address with this subject. */
async function linkOf(page: Page, email: string, subject: string): Promise<string> {
  await page.goto("/sandbox/mail");
  const mail = page.locator(`article[data-mail-to="${email}"]`, { hasText: subject }).first();
  return (await mail.getByRole("link").first().getAttribute("href")) ?? "";
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

test("a sign-up says what is wrong by the field, keeps the address, and its link works once", async ({
  page,
}) => {
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill("ada＠b@c");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText("Enter an address like name@example.com.")).toBeVisible();
  await expect(page.getByText("Use at least 15 characters. This has 5")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("ada＠b@c");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(page.getByText(/req_[0-9A-Za-z]{22}/)).toBeVisible();

  const email = await signUp(page);
  const link = await linkOf(page, email, "Confirm your e-mail address");
  await page.goto(link);
  await expect(page).toHaveURL(/\/overview/);
  await page.goto(link);
  await expect(page.getByText("This link has been used already or has expired.")).toBeVisible();
});

test("whoever is not signed in comes back to where they wanted to go, and nowhere else", async ({ page }) => {
  const email = await signUp(page);
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings/);
  await page.getByLabel("E-mail").fill(email.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill("not the password at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This address and password do not fit together.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByText("Confirm your e-mail address to buy credit and create keys.")).toBeVisible();
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText(`Sent again to ${email}.`)).toBeVisible();
  await signOut(page);
  await page.goto("/sign-in?next=//evil.test/x");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/overview$/);
});

test("sessions are seen and ended, and a new password ends the others", async ({ page, browser }) => {
  const email = await arrive(page);
  const phone = await browser.newContext({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  });
  const there = await phone.newPage();
  await signIn(there, email);
  await expect(there).toHaveURL(/\/overview/);

  await page.goto("/settings");
  const sessions = page.getByRole("region", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText("This one");
  await expect(sessions.last()).toContainText("Safari on iPhone");
  await expect(sessions.last()).toContainText(/127\.0\.0\.1|::1/);
  await page.getByRole("button", { name: "End the session of Safari on iPhone" }).click();
  await expect(sessions).toHaveCount(1);
  await there.goto("/settings");
  await expect(there).toHaveURL(/\/sign-in/);

  await signIn(there, email);
  await expect(there).toHaveURL(/\/overview/);
  await page.getByLabel("Current password").fill("not the password at all");
  await page.getByLabel("New password").fill(NEXT);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill(NEXT);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed, and one other session ended.")).toBeVisible();
  await there.goto("/settings");
  await expect(there).toHaveURL(/\/sign-in/);
  await phone.close();

  await signOut(page);
  await signIn(page, email, NEXT);
  await expect(page).toHaveURL(/\/overview/);
});

test("another address needs the password, tells the old one, and takes effect with the link", async ({
  page,
}) => {
  const email = await arrive(page);
  const next = newEmail();
  await page.goto("/settings");
  await page.getByLabel("New address").fill(next);
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText(`We sent a link to ${next}.`)).toBeVisible();
  await page.goto("/sandbox/mail");
  await expect(page.locator(`article[data-mail-to="${email}"]`).first()).toContainText(next);
  await page.goto(await linkOf(page, next, "Confirm your new e-mail address"));
  await expect(page).toHaveURL(/\/settings/);
  await expect(page.getByText(`You sign in with ${next}.`)).toBeVisible();
});

test("a forgotten password: a link by mail, once, and every session ends", async ({ page, browser }) => {
  const email = await arrive(page);
  const elsewhere = await browser.newContext();
  const there = await elsewhere.newPage();
  await there.goto("/sign-in");
  await there.getByRole("link", { name: "Forgotten your password?" }).click();
  await expect(there.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await there.getByLabel("E-mail").fill(email);
  await there.getByRole("button", { name: "Send link" }).click();
  await expect(there.getByText("If that address has an account, a link is on its way to it.")).toBeVisible();
  const link = await linkOf(there, email, "Set a new password");
  await there.goto(link);
  await there.getByLabel("New password").fill("tollgatetollgate");
  await there.getByRole("button", { name: "Set password" }).click();
  await expect(there.getByText("This is among the first that anyone would try.")).toBeVisible();
  await there.getByLabel("New password").fill(NEXT);
  await there.getByRole("button", { name: "Set password" }).click();
  await expect(there.getByText("Your new password is set")).toBeVisible();
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in/);
  await there.goto(link);
  await expect(there.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await signIn(there, email, NEXT);
  await expect(there).toHaveURL(/\/overview/);
  await elsewhere.close();
});

test("it all works without scripts", async ({ browser }) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  const email = await signUp(page);
  await page.goto(await linkOf(page, email, "Confirm your e-mail address"));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page).toHaveURL(/\/overview/);
  await plain.close();
});
