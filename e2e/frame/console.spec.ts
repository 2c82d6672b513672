import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { arrive } from "@/e2e/journeys/walk";

const PLACES = ["Overview", "Tokens", "Usage", "Logs", "Credits", "Setup", "Settings"];

test("every place is reached from the rail, the sheet and the command menu, and fits each width", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await arrive(page);

  for (const place of PLACES) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: place }).click();
    await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(
        width,
      );
    }
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${place} ${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual(
        [],
      );
    }
  }

  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole("button", { name: "Open menu" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Usage" }).click();
  await expect(page).toHaveURL(/\/usage/);
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("cred");
  await expect(page.getByRole("option", { name: "Credits" })).toBeVisible();
  await page.getByRole("option", { name: "Credits" }).press("Enter");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/credits/);
  expect(complaints).toEqual([]);
});

test("the whole frame works by keyboard: skip link first, theme kept over a reload", async ({ page }) => {
  await arrive(page);
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();

  await page.getByRole("button", { name: "Theme" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "Dark" }).press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("signing out ends the session, also for the balance that the rail reads", async ({ page }) => {
  await arrive(page);
  expect((await page.request.get("/balance.json")).status()).toBe(200);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.request.get("/balance.json")).status()).toBe(401);
  await page.goto("/overview");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Foverview/);
});
