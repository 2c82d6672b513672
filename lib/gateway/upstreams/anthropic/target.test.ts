import { expect, test } from "vitest";
import type { CatalogConnection } from "@/lib/catalog/types";
import { targetAnthropic } from "./target";

const connection = (baseUrl: string, headers: Record<string, string> = {}) =>
  ({ baseUrl, headers, key: "sk-ant-1" }) as unknown as CatalogConnection;

test.each([
  ["https://api.anthropic.com", "/v1/messages"],
  ["https://api.anthropic.com/v1", "/v1/messages"],
  ["https://api.anthropic.com/v1/", "/v1/messages"],
  ["https://api.deepseek.example/anthropic", "/anthropic/v1/messages"],
  ["https://gw.example/v1?team=a", "/v1/messages?team=a"],
])("%s is called at %s", (baseUrl, path) => {
  expect(targetAnthropic(connection(baseUrl), "messages", false, {}).path).toBe(path);
});

test("its own key and the oldest version, unless the caller names one; nothing else of the caller's", () => {
  const { headers } = targetAnthropic(connection("https://a.example"), "messages", true, {});
  expect(headers).toEqual({
    "content-type": "application/json",
    accept: "text/event-stream",
    "user-agent": "tollgate",
    "x-api-key": "sk-ant-1",
    "anthropic-version": "2023-06-01",
  });
  const named = { "anthropic-version": "2026-10-21", "anthropic-beta": "a-1,b-2" };
  expect(targetAnthropic(connection("https://a.example"), "messages", true, named).headers).toMatchObject(
    named,
  );
});

test("the connection's headers win in any spelling, and its betas are added to the caller's", () => {
  const own = connection("https://a.example", {
    "Anthropic-Beta": "own-1",
    "Anthropic-Version": "2024-01-01",
    "X-Team": "blue",
  });
  const asked = { "anthropic-version": "2026-10-21", "anthropic-beta": "a-1" };
  expect(targetAnthropic(own, "messages", false, asked).headers).toMatchObject({
    "anthropic-beta": "own-1,a-1",
    "anthropic-version": "2024-01-01",
    "x-team": "blue",
  });
  expect(targetAnthropic(own, "messages", false, {}).headers["anthropic-beta"]).toBe("own-1");
});
