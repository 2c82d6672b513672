import type { CatalogModel } from "@/lib/catalog/types";
import { admit, type Hold } from "@/lib/gateway/admit";
import { answerPlain } from "@/lib/gateway/answer-plain";
import { answerStream } from "@/lib/gateway/answer-stream";
import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { checkCapabilities } from "@/lib/gateway/check-capabilities";
import { type ChatRequest, parseChat } from "@/lib/gateway/dialects/chat/parse-chat";
import { findModel } from "@/lib/gateway/find-model";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { readBody } from "@/lib/gateway/read-body";
import { toGatewayError } from "@/lib/gateway/respond";
import { settleCall } from "@/lib/gateway/settle-call";
import type { KeyRecord } from "@/lib/keys/key-record";

/** POST /v1/chat/completions: authenticate, parse, admit, forward, meter, settle. */
export async function chatEndpoint(call: Call): Promise<void> {
  const { services } = call;
  const key = await authenticate(call);
  const bytes = await readBody(call.req, services.limits.maxBodyBytes, services.limits.bodyTimeoutMs);
  call.requestBytes = bytes.length;
  const chat = parseChat(bytes);
  const model = findModel(services.catalog.current, key, chat.model);
  const hold = await admitOrRecord(call, key, chat, model);
  try {
    if (chat.stream) await answerStream(call, chat, model, hold);
    else await answerPlain(call, chat, model, hold);
  } catch (error) {
    const told = toGatewayError(call, error);
    await releaseLeftover(call, hold, chat, model, told);
    throw told;
  }
}

async function admitOrRecord(
  call: Call,
  key: KeyRecord,
  chat: ChatRequest,
  model: CatalogModel,
): Promise<Hold> {
  try {
    checkCapabilities(chat, model);
    return await admit(call, key, chat, model);
  } catch (error) {
    if (error instanceof GatewayError) call.services.refusedRows.record(call, model, chat.stream, error);
    throw error;
  }
}

/** Whatever went wrong, a hold that nothing has closed is given back. */
async function releaseLeftover(
  call: Call,
  hold: Hold,
  chat: ChatRequest,
  model: CatalogModel,
  error: GatewayError,
): Promise<void> {
  if (hold.settling) return;
  const facts = { model, streamed: chat.stream, httpStatus: error.status, errorCode: error.code };
  await settleCall(call, hold, { ...facts, outcome: "upstream_error" }, { costNano: 0n }).catch(
    () => undefined,
  );
}
