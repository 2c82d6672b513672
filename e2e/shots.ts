import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import { API_URL } from "@/e2e/harness/urls";
import { arrive, buyPack, createKey } from "@/e2e/journeys/walk";

/** Pictures of every main page, each width and theme, into test-results/shots. They are to be looked at. */

const FOLDER = "test-results/shots";
const WIDTHS = [360, 768, 1440];
const THEMES = ["light", "dark"] as const;
const PUBLIC = [
  "/",
  "/models",
  "/pricing",
  "/docs/errors",
  "/docs/errors/insufficient_quota",
  "/sign-in",
  "/sign-up",
  "/nowhere",
];
const CONSOLE = [
  "/overview",
  "/tokens",
  "/tokens/management",
  "/usage",
  "/logs",
  "/credits",
  "/setup",
  "/setup/lobechat",
  "/settings",
];

async function shoot(page: Page, paths: readonly string[], state: string): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    const name = path === "/" ? "landing" : path.slice(1).replaceAll("/", "-");
    for (const width of WIDTHS) {
      for (const colorScheme of THEMES) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        // Charts and figures settle within a frame or two; live pages never fall silent, so no waiting for that.
        await page.waitForTimeout(150);
        await page.screenshot({
          path: `${FOLDER}/${name}-${state}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
    }
  }
}

test("public pages", async ({ page }) => {
  mkdirSync(FOLDER, { recursive: true });
  await shoot(page, PUBLIC, "public");
});

test("the console, before and after it was used", async ({ page }) => {
  mkdirSync(FOLDER, { recursive: true });
  await arrive(page);
  await shoot(page, CONSOLE, "empty");

  await buyPack(page, "$20.00");
  for (const name of ["prod", "laptop", "A key with a very long name, as people do give them"]) {
    const secret = await createKey(page, name);
    for (let call = 1; call <= 4; call += 1) {
      await fetch(`${API_URL}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({
          model: "sandbox/echo",
          messages: [{ role: "user", content: "Hello. ".repeat(call * 40) }],
        }),
      });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.screenshot({ path: `${FOLDER}/tokens-created-1440-light.png`, fullPage: true });
  }
  await shoot(page, CONSOLE, "used");
});
