import { expect, it } from "vitest";
import type { ConnectionKind } from "@/prisma/generated/client";
import { dialectsOf } from "./dialects";

const of = (kind: ConnectionKind, baseUrl: string, dialects: string[] = []) =>
  [...dialectsOf({ kind, baseUrl, dialects })].join(" ");

it("knows what hosts speak, and asks little of others", () => {
  expect(of("openai_compatible", "https://api.openai.com/v1")).toBe("chat completions responses embeddings");
  expect(of("openai_compatible", "https://api.deepseek.com")).toBe("chat");
  expect(of("openai_compatible", "http://10.0.0.1:8000/v1")).toBe("chat embeddings");
  expect(of("openai_compatible", "https://api.openai.com.evil.example/v1")).toBe("chat embeddings");
  expect(of("azure", "https://r.openai.azure.com/openai/v1")).toBe("chat completions responses embeddings");
  expect(of("anthropic", "https://api.anthropic.com")).toBe("messages");
  expect(of("google", "https://generativelanguage.googleapis.com")).toBe("");
});

it("believes the operator", () => {
  expect(of("openai_compatible", "https://api.openai.com/v1", ["chat"])).toBe("chat");
  expect(of("openai_compatible", "http://vllm/v1", ["messages", "responses", "chat", "telepathy"])).toBe(
    "chat responses messages",
  );
});
