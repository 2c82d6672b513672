import { expect, it } from "vitest";
import { type Heard, LIVE_CAUSES, type LiveStep, runLiveStep } from "@/lib/doctor/live-steps";
import messages from "@/lib/messages/en/doctor.json";

const answer = (
  status: number,
  body: unknown,
  rest: Partial<Extract<Heard, { kind: "answer" }>> = {},
): Heard => ({
  kind: "answer",
  status,
  contentType: "application/json",
  requestId: "req_1",
  costUsd: null,
  chunks: [{ text: typeof body === "string" ? body : JSON.stringify(body), atMs: 10 }],
  totalMs: 12,
  ...rest,
});
const run = (heard: Heard, step: LiveStep = "models", model = "") =>
  runLiveStep(async () => heard, step, model);
const error = (status: number, code: string) => answer(status, { error: { code, message: "no" } });
const stream = (texts: string[], atMs: number[], contentType = "text/event-stream") =>
  answer(200, "", { contentType, chunks: texts.map((text, index) => ({ text, atMs: atMs[index] ?? 0 })) });
const event = 'data: {"choices":[]}\n\n';

it.each([
  ["invalid_api_key", 401, "key_invalid"],
  ["api_key_expired", 401, "key_expired"],
  ["api_key_disabled", 401, "key_paused"],
  ["wrong_key_type", 401, "key_type"],
  ["ip_not_allowed", 403, "address_refused"],
  ["insufficient_quota", 403, "no_credit"],
  ["model_not_found", 404, "model_unknown"],
  ["model_not_allowed", 403, "model_refused"],
  ["account_frozen", 403, "frozen"],
  ["rate_limit_exceeded", 429, "too_many"],
  ["upstream_unavailable", 503, "upstream"],
  ["something_new", 418, "refused"],
])("%s of the gateway is %s", async (code, status, cause) => {
  expect(await run(error(status, code), "call", "m")).toMatchObject({
    ok: false,
    cause,
    code,
    requestId: "req_1",
  });
});

it("finds the models, or the nearest to one that is not there", async () => {
  const list = answer(200, { data: [{ id: "openai/gpt-4o" }, { id: "sandbox/echo" }] });
  expect(await run(list, "models", "sandbox/echo")).toMatchObject({
    ok: true,
    cause: "ok_models",
    values: { count: "2" },
  });
  expect(await run(list, "models", "gpt-4o")).toMatchObject({
    ok: false,
    cause: "model_unknown",
    values: { near: "openai/gpt-4o" },
  });
  expect(await run(answer(200, { data: [] }))).toMatchObject({ cause: "no_models" });
});

it("tells a website, silence and a slow proxy apart", async () => {
  expect(await run(answer(200, "<!doctype html>"))).toMatchObject({ cause: "not_the_api" });
  expect(await run({ kind: "silence", why: "network" })).toMatchObject({ cause: "unreachable" });
  expect(await run({ kind: "silence", why: "timeout" })).toMatchObject({ cause: "timeout" });
});

it("sees a stream that was stripped, held back or cut by something in between", async () => {
  const whole = [event, event, "data: [DONE]\n\n"];
  expect(await run(stream(whole, [5, 9, 12]), "stream")).toMatchObject({ ok: true, cause: "ok_stream" });
  expect(await run(stream(whole, [5, 9, 12], "application/json"), "stream")).toMatchObject({
    cause: "stream_stripped",
  });
  expect(await run(stream(['{"choices":[]}'], [5]), "stream")).toMatchObject({ cause: "stream_stripped" });
  expect(await run(stream([event], [5]), "stream")).toMatchObject({ cause: "stream_cut" });
  const atOnce = event.repeat(8) + whole[2];
  expect(await run(stream([atOnce], [4_000]), "stream")).toMatchObject({ cause: "stream_held" });
  expect(await run(stream([atOnce], [90]), "stream")).toMatchObject({ cause: "ok_stream" });
  const failed = 'data: {"error":{"code":"upstream_timeout","message":"late"}}\n\n';
  expect(await run(stream([event, failed], [5, 6]), "stream")).toMatchObject({ cause: "upstream" });
});

it("has words for everything that it finds", () => {
  expect(Object.keys(messages.live).sort()).toEqual([...LIVE_CAUSES].sort());
});
