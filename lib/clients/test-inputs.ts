import type { SetupInput, SetupModel } from "@/lib/clients/types";

/** Inputs that the tests of this folder share. */
export const KEY = "sk-tg-0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijkl";

export const ECHO: SetupModel = {
  id: "sandbox/echo",
  displayName: "Echo",
  contextTokens: 128_000,
  maxOutputTokens: 8_192,
  vision: true,
  tools: true,
  reasoning: false,
  inputUsdPerMillion: "1",
  outputUsdPerMillion: "2",
};

export const THINKER: SetupModel = {
  ...ECHO,
  id: "claude-thinker:v2",
  displayName: "O'Neil's \"best\" #1, $5 <new> = 智能",
  vision: false,
  reasoning: true,
};

export function inputFor(rootUrl: string, over: Partial<SetupInput> = {}): SetupInput {
  return {
    rootUrl,
    baseUrl: `${rootUrl}/v1`,
    apiKey: KEY,
    models: [ECHO, THINKER],
    defaultModelId: ECHO.id,
    smallModelId: THINKER.id,
    ...over,
  };
}

export const LOCAL = "http://localhost:4100";
export const PUBLIC = "https://api.example.com";
