/** Where the system under the browser tests is; set by e2e/playwright.config.ts before anything else runs. */
function given(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run these tests with npm test, or npx playwright test -c e2e`);
  return value;
}

/** Origin of the dashboard. */
export const APP_URL = given("TOLLGATE_TEST_APP_URL");
/** Origin of the gateway, without /v1. */
export const API_URL = given("TOLLGATE_TEST_API_URL");
