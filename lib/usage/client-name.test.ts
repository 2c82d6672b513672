import { describe, expect, it } from "vitest";
import { clientName } from "./client-name";

describe("the name of the calling program", () => {
  it("is known by what it says of itself", () => {
    const cases: [Record<string, string>, string][] = [
      [{ "user-agent": "claude-cli/2.1.329 (external, cli)" }, "claude-code"],
      [{ "user-agent": "codex_cli_rs/0.169.0 (Debian 12)" }, "codex-cli"],
      [{ "user-agent": "OpenAI/JS 6.49.0" }, "openai-sdk"],
      [{ "user-agent": "OpenAI/Python 3.22.1" }, "openai-sdk"],
      [{ "user-agent": "curl/8.5.0" }, "curl"],
      [{ "user-agent": "OpenAI/JS 4", "x-title": "Open WebUI" }, "open-webui"],
      [{ "user-agent": "OpenAI/JS 4", "x-title": "LobeHub" }, "lobechat"],
      [{ "user-agent": "Mozilla/5.0 (X11)", "x-client": "nextchat" }, "nextchat"],
      [{}, "other"],
      [{ "user-agent": "something of my own/1.0" }, "other"],
    ];
    for (const [headers, name] of cases) expect([headers, clientName(headers)]).toEqual([headers, name]);
  });

  it("comes from a closed list, whatever is sent", () => {
    const names = new Set<string>();
    for (let i = 0; i < 5_000; i++)
      names.add(clientName({ "user-agent": `made-up-${i}`, "x-title": `t${i}` }));
    expect([...names]).toEqual(["other"]);
  });
});
