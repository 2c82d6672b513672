import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack } from "@/e2e/journeys/walk";

test.describe.configure({ timeout: 150_000 });

async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(250);
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html}`));
  }
  return found;
}

test("an answer streams in, costs what it says, and its key ends with the session and is in no list", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await arrive(page);
  await page.goto("/playground");
  await expect(page.getByText("There is no credit yet")).toBeVisible();
  const message = page.getByLabel("Your message");
  await message.fill("Too poor for this");
  await message.press("Enter");
  await expect(page.getByText("403 insufficient_quota")).toBeVisible();
  await expect(page.getByRole("link", { name: "What this means" })).toHaveAttribute("href", /docs\/errors/);
  expect(await barriers(page)).toEqual([]);

  await buyPack(page, "$20.00");
  let key = "";
  page.on("request", (request) => {
    if (request.url().startsWith(API_URL))
      key = request.headers().authorization?.replace("Bearer ", "") ?? key;
  });
  await page.goto("/playground");
  await page.getByLabel("System prompt").fill("Be brief.");
  await page.getByLabel("Temperature").fill("3");
  await expect(page.getByText("From 0 to 2.")).toBeVisible();
  await message.fill("A quiet harbour");
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();
  await page.getByLabel("Temperature").fill("0.5");
  await message.press("Enter");
  await expect(page.getByTestId("answer")).toContainText("A quiet harbour");
  await expect(page.getByTestId("cost")).toHaveText(/^\$0\.0\d+$/);
  expect(key).toMatch(/^sk-tg-/);

  await page.getByText("View as code").click();
  await page.getByRole("tab", { name: "Python" }).click();
  await page.getByRole("button", { name: "Copy call.py" }).click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`base_url="${API_URL}/v1"`);
  expect(code).toContain("temperature=0.5");
  expect(code).toContain("Be brief.");
  expect(code).not.toContain(key);
  expect(await page.content()).not.toContain(key);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 720 });

  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).not.toContain(key);
  await page.goto("/tokens");
  await expect(page.getByText("Make your first key")).toBeVisible();
  const models = () => fetch(`${API_URL}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect((await models()).status).toBe(200);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await expect.poll(async () => (await models()).status, { timeout: 3_000, intervals: [50] }).toBe(401);
});

test("an answer can be stopped, and the conversation begun anew", async ({ page }) => {
  await arrive(page);
  await buyPack(page, "$20.00");
  await page.goto("/playground");
  const message = page.getByLabel("Your message");
  await page.route(`${API_URL}/v1/chat/completions`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    await route.abort().catch(() => undefined);
  });
  await message.fill("Take your time");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText(/Stopped: what had been written/)).toBeVisible();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByText("Ask something")).toBeVisible();
});
