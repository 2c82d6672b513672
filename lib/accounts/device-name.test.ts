import { describe, expect, it } from "vitest";
import { deviceName } from "@/lib/accounts/device-name";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("a device", () => {
  it.each([
    [`${WINDOWS} Chrome/142.0.0.0 Safari/537.36`, "Chrome", "Windows"],
    [`${WINDOWS} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, "Edge", "Windows"],
    [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`, "Safari", "macOS"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux"],
    [`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, "Safari", "iPhone"],
    [`${IPHONE} CriOS/142.0 Mobile/15E148 Safari/604.1`, "Chrome", "iPhone"],
    [
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
      "Samsung Internet",
      "Android",
    ],
    ["curl/8.5.0", "curl", null],
    ["<script>alert(1)</script>", null, null],
    ["", null, null],
    [null, null, null],
  ])("%j is %s on %s", (userAgent, browser, system) => {
    expect(deviceName(userAgent)).toEqual({ browser, system });
  });
});
