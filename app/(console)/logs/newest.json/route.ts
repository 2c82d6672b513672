import { findUser } from "@/lib/auth/session";
import { findNewestCall } from "@/lib/usage/find-newest-call";

/** The request id of the signed-in workspace's newest call, for pages that keep themselves current. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "private, no-store" };
  const user = await findUser();
  if (!user) return Response.json({ error: "not_signed_in" }, { status: 401, headers });
  return Response.json({ newest: await findNewestCall(user) }, { headers });
}
