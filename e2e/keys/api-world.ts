import { handleApi } from "@/lib/api/handle-api";
import { account } from "@/lib/auth/account.fixture";
import { createManagementKey } from "@/lib/keys/create-management-key";

/** An answer of the management API, read. */
export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  body: any;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** A workspace with a person and a management key, and how that key calls the API. */
export async function apiWorld() {
  const { ctx, email } = await account();
  const made = await createManagementKey(ctx, { name: "tests" });
  return {
    ctx,
    email,
    managementKey: made.secret,
    managementKeyId: made.key.id,
    call: callerWith(made.secret),
  };
}

/** Calls with a credential, through the very handler that the route exports. */
export function callerWith(secret: string | null): Call {
  return async (method, path, body, headers = {}) => {
    const request = new Request(`http://localhost:3000/api/v1${path}`, {
      method,
      headers: {
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
        "x-tollgate-peer": "192.0.2.7",
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await handleApi(request);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  };
}
