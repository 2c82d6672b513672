import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type GatewayWorld, startWorld } from "@/e2e/gateway/world";
import { grant } from "@/e2e/ledger/world";
import type { Ctx, UserActor } from "@/lib/actor";
import { account } from "@/lib/auth/account.fixture";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import type { NewKeyInput } from "@/lib/keys/key-input";
import { handleEcho } from "@/lib/sandbox/echo/handle-echo";

/** Whoever operates the gateway of these tests. */
export const operator: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body, where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  body: any;
}

export interface Person {
  ctx: Ctx<UserActor>;
  workspaceId: string;
  /** A key that works. */
  secret: string;
  keyId: string;
  key(limits?: Omit<NewKeyInput, "name">, name?: string): Promise<{ id: string; secret: string }>;
  credit(usd: number): Promise<void>;
}

export interface Desk extends GatewayWorld {
  /** Someone with an account, a first key and this much credit. */
  person(usd?: number): Promise<Person>;
  /** One request to a path below the gateway's origin. */
  send(
    path: string,
    given?: { secret?: string; body?: unknown; method?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** A small chat call with this key. */
  chat(secret: string, more?: object, path?: string): Promise<Answer>;
}

/** A gateway with the model out of the box, `sandbox/echo`, and the given ones of the scripted upstream. */
export async function openDesk(
  scripted: readonly string[] = [],
  options: Parameters<typeof startWorld>[1] = {},
): Promise<Desk> {
  const echo = await startEcho();
  const world = await startWorld(scripted, options);
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/echo/v1`;
  await addConnection(operator, { name: "sandbox", kind: "openai-compatible", url, allowPrivate: true });
  await addModel(operator, {
    id: "sandbox/echo",
    connection: "sandbox",
    upstreamId: "echo",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    vision: true,
  });
  await world.gateway.services.catalog.refresh();
  const origin = world.baseUrl.replace(/\/v1$/, "");

  const send: Desk["send"] = async (path, { secret, body, method, headers } = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("application/json") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  };

  return {
    ...world,
    person: makePerson,
    send,
    chat: (secret, more = {}, path = "/v1/chat/completions") =>
      send(path, {
        secret,
        body: {
          model: "sandbox/echo",
          max_tokens: 40,
          messages: [{ role: "user", content: "Hello from a test" }],
          ...more,
        },
      }),
    async stop() {
      await world.stop();
      echo.closeAllConnections();
      echo.close();
    },
  };
}

async function startEcho(): Promise<Server> {
  const echo = createServer(async (req, res) => {
    if (!(await handleEcho(req, res))) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  return echo;
}

async function makePerson(usd = 10): Promise<Person> {
  const { ctx, workspaceId } = await account();
  const key: Person["key"] = async (limits = {}, name = "a key") => {
    const made = await createKey(ctx, { name, ...limits });
    return { id: made.key.id, secret: made.secret };
  };
  const credit: Person["credit"] = async (amountUsd) => {
    const nano = BigInt(Math.round(amountUsd * 1_000_000)) * 1_000n;
    await grant({ workspaceId, keyId: "", instanceId: "" }, nano);
  };
  if (usd > 0) await credit(usd);
  const first = await key();
  return { ctx, workspaceId, secret: first.secret, keyId: first.id, key, credit };
}
