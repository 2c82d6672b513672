import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

/** How a person gets about: only what can be seen and clicked. Nothing here reaches into the database. */

export const PASSWORD = "a quiet harbour at dawn";

export const newEmail = () => `person-${randomUUID().slice(0, 12)}@example.com`;

/** Opens the newest mail to an address in the local outbox and follows its link. */
export async function followMail(page: Page, email: string): Promise<void> {
  await page.goto("/sandbox/mail");
  const mail = page.locator(`article[data-mail-to="${email}"]`).first();
  await expect(mail).toBeVisible();
  const link = mail.getByRole("link").first();
  await page.goto((await link.getAttribute("href")) ?? "");
}

export async function signUp(page: Page, email = newEmail()): Promise<string> {
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText("We sent a link to")).toBeVisible();
  return email;
}

export async function confirmAddress(page: Page, email: string): Promise<void> {
  await followMail(page, email);
  const confirm = page.getByRole("button", { name: "Confirm address" });
  if (await confirm.isVisible()) await confirm.click();
  await expect(page).toHaveURL(/\/(overview|sign-in)/);
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs up, confirms and ends on the overview, signed in. */
export async function arrive(page: Page): Promise<string> {
  const email = await signUp(page);
  await confirmAddress(page, email);
  if (page.url().includes("/sign-in")) await signIn(page, email);
  await expect(page).toHaveURL(/\/overview/);
  return email;
}

/** Buys the pack of this price on the payment page and comes back to the paid notice. */
export async function buyPack(page: Page, price: string): Promise<void> {
  await page.goto("/credits");
  await page.getByRole("radio", { name: new RegExp(`Pay \\${price}\\b`) }).check({ force: true });
  await page.getByRole("button", { name: /^Buy .* credit$/ }).click();
  await page.waitForURL(/\/sandbox\/pay\//);
  await page.getByRole("button", { name: /^Pay / }).click();
  await page.waitForURL(/\/credits\?/);
  await expect(page.getByText("Payment received")).toBeVisible();
}

/** Creates a key and answers its secret, as it stands on the page this once. */
export async function createKey(page: Page, name: string): Promise<string> {
  await page.goto("/tokens");
  await page.getByRole("button", { name: "Create key" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  return readSecret(page);
}

export async function readSecret(page: Page): Promise<string> {
  const secret = page.getByTestId("secret");
  await expect(secret).toBeVisible();
  return (await secret.innerText()).trim();
}
