import { findUser } from "@/lib/auth/session";
import { readGauge } from "@/lib/ledger/read-gauge";

/** The signed-in workspace's balance, for the rail to stay current between navigations. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "private, no-store" };
  const user = await findUser();
  if (!user) return Response.json({ error: "not_signed_in" }, { status: 401, headers });
  const { availableNano, share, frozen } = await readGauge(user.workspaceId);
  return Response.json({ availableNano: availableNano.toString(), share, frozen }, { headers });
}
