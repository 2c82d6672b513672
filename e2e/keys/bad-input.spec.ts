import { expect, test } from "@playwright/test";
import { arrive, createKey, readSecret } from "@/e2e/journeys/walk";

/** What people type by mistake: each field says what is wrong, nothing typed is lost, and nothing is half written. */

test.describe.configure({ timeout: 150_000 });

test("every field of a new key says what is wrong with it, and keeps what was typed", async ({ page }) => {
  await arrive(page);
  await page.goto("/tokens?new=1");
  const dialog = page.getByRole("dialog");
  const submit = dialog.getByRole("button", { name: "Create key" });
  await dialog.getByText("Models, addresses, rates").click();
  const wrong: [label: string, typed: string, says: RegExp][] = [
    ["Name", "x".repeat(10_000), /at most 80 characters/],
    ["Name", "zero\u200bwidth \u202e reversed", /control characters/],
    ["Budget, in US dollars", "0", /more than \$0/],
    ["Budget, in US dollars", "-5", /more than \$0/],
    ["Budget in total", "99999999999999999999", /more than the ledger can hold/],
    ["Budget in total", "1e3", /amount in US dollars/],
    ["Most per call", "<b>5</b>", /amount in US dollars/],
    ["Requests per minute", "1.5", /Enter a number/],
    ["Model tokens per minute", "0", /1 or more/],
    ["Calls at the same time", "99999999", /or less/],
    ["Addresses", "10.0.0.0/33", /Enter addresses or ranges/],
  ];
  for (const [label, typed, says] of wrong) {
    const field = dialog.getByLabel(label);
    await field.fill(typed);
    await submit.click();
    await expect(dialog.getByText(says).first(), `${label}: ${typed.slice(0, 20)}`).toBeVisible();
    await expect(field).toHaveValue(typed);
    await field.fill(label === "Name" ? "mended" : "");
  }

  await dialog.getByLabel("Expires", { exact: true }).click();
  await page.getByRole("option", { name: "At a date of your choice" }).click();
  await submit.click();
  await expect(dialog.getByText(/Enter a date/)).toBeVisible();
  await dialog.getByLabel("Date and time").fill("2020-01-01T00:00");
  await submit.click();
  await expect(dialog.getByText(/lies in the past/)).toBeVisible();
  await expect(dialog.getByLabel("Date and time")).toHaveValue("2020-01-01T00:00");

  await page.reload();
  await expect(page.getByText("Make your first key")).toBeAttached();
  await dialog.getByLabel("Name").fill("<script>alert(1)</script>");
  await submit.click();
  await readSecret(page);
  await expect(page.getByRole("row", { name: /<script>alert\(1\)<\/script>/ })).toBeVisible();
});

test("an edit that is refused changes nothing, and a place that is garbled shows the first page", async ({
  page,
}) => {
  await arrive(page);
  await createKey(page, "steady");
  await page.goto("/tokens");
  await page
    .getByRole("row", { name: /steady/ })
    .getByRole("link")
    .first()
    .click();
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("changed");
  await dialog.getByLabel("Budget, in US dollars").fill("nothing");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByText(/amount in US dollars/)).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("changed");
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "steady" })).toBeVisible();
  await expect(page.getByText("may spend all of the workspace’s credit")).toBeVisible();

  for (const query of ["place=garbage", "place=%00", "sort=love&status=gone&need=all", "q=%00%27"]) {
    expect((await page.goto(`/tokens?${query}`))?.status(), query).toBe(200);
  }
  await page.goto("/tokens?place=garbage");
  await expect(page.getByRole("row", { name: /steady/ })).toBeVisible();
});
