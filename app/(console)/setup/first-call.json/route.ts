import { findUser } from "@/lib/auth/session";
import { findKeyCalls } from "@/lib/doctor/find-key-calls";
import { AppError } from "@/lib/errors";

/** The newest calls with one of the signed-in workspace's keys, for the Setup page's watcher. Ids and times only. */
export async function GET(request: Request): Promise<Response> {
  const headers = { "cache-control": "private, no-store" };
  const user = await findUser();
  if (!user) return Response.json({ error: "not_signed_in" }, { status: 401, headers });
  const { searchParams } = new URL(request.url);
  const since = searchParams.get("since");
  const sinceMs = since !== null && /^\d{1,15}$/.test(since) ? Number(since) : null;
  try {
    const found = await findKeyCalls(user, { keyId: (searchParams.get("key") ?? "").slice(0, 64), sinceMs });
    return Response.json(found, { headers });
  } catch (error) {
    if (error instanceof AppError)
      return Response.json({ error: error.code }, { status: error.status, headers });
    throw error;
  }
}
