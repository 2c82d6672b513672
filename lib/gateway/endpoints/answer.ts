import type { IncomingHttpHeaders } from "node:http";
import type { CatalogModel } from "@/lib/catalog/types";
import { admit, type Hold } from "@/lib/gateway/admit";
import { answerPlain } from "@/lib/gateway/answer-plain";
import { answerStream } from "@/lib/gateway/answer-stream";
import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { checkCapabilities } from "@/lib/gateway/check-capabilities";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { findModel } from "@/lib/gateway/find-model";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { readBody } from "@/lib/gateway/read-body";
import { readRate } from "@/lib/gateway/read-rate";
import { toGatewayError } from "@/lib/gateway/respond";
import { settleCall } from "@/lib/gateway/settle-call";
import type { KeyRecord } from "@/lib/keys/key-record";

/** Any call to a model, in any dialect: authenticate, parse, admit, forward, meter, settle. */
export async function answerEndpoint(
  call: Call,
  parse: (bytes: Buffer, headers: IncomingHttpHeaders) => ApiRequest,
): Promise<void> {
  const { services } = call;
  if (services.draining) throw new GatewayError("service_unavailable", { retryAfterMs: 1_000 });
  const key = await authenticate(call);
  const { request, model } = await understandOrRecord(call, key, parse);
  const hold = await admitOrRecord(call, key, request, model);
  try {
    if (request.stream) await answerStream(call, request, model, hold);
    else await answerPlain(call, request, model, hold);
  } catch (error) {
    const told = toGatewayError(call, error);
    await releaseLeftover(call, hold, request, model, told);
    throw told;
  }
}

/** Reads the body and finds the model. What cannot be understood leaves a row, so that its owner sees why. */
async function understandOrRecord(
  call: Call,
  key: KeyRecord,
  parse: (bytes: Buffer, headers: IncomingHttpHeaders) => ApiRequest,
): Promise<{ request: ApiRequest; model: CatalogModel }> {
  const { services } = call;
  let request: ApiRequest | null = null;
  try {
    const bytes = await readBody(call.req, services.limits.maxBodyBytes, services.limits.bodyTimeoutMs);
    call.requestBytes = bytes.length;
    if (services.prompts.wants(key.workspaceId)) call.kept = { request: bytes, response: "" };
    request = parse(bytes, call.req.headers);
    const wish = { request, health: services.routeHealth };
    const model = findModel(services.catalog.current, key, request.model, wish);
    if (model.id !== request.model) call.askedModel = request.model;
    return { request, model };
  } catch (error) {
    if (error instanceof GatewayError && !call.gone)
      services.refusedRows.recordUnread(call, request?.model ?? null, error);
    await readRate(call);
    throw error;
  }
}

async function admitOrRecord(
  call: Call,
  key: KeyRecord,
  request: ApiRequest,
  model: CatalogModel,
): Promise<Hold> {
  try {
    checkCapabilities(request, model);
    return await admit(call, key, request, model);
  } catch (error) {
    if (error instanceof GatewayError) call.services.refusedRows.record(call, model, request.stream, error);
    await readRate(call);
    throw error;
  }
}

/** Whatever went wrong, a hold that nothing has closed is given back. */
async function releaseLeftover(
  call: Call,
  hold: Hold,
  request: ApiRequest,
  model: CatalogModel,
  error: GatewayError,
): Promise<void> {
  if (hold.settling) return;
  const facts = { model, streamed: request.stream, httpStatus: error.status, errorCode: error.code };
  await settleCall(call, hold, { ...facts, outcome: "upstream_error" }, { costNano: 0n }).catch(
    () => undefined,
  );
}
