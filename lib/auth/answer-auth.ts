import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/auth-options";
import { env } from "@/lib/env";
import { sameOrigin } from "@/lib/http/same-origin";

/** What of next-auth is open. Its log collector and its own pages are not. */
const OPEN = {
  GET: /^(csrf|session|signin|error)$/,
  POST: /^(callback\/credentials|signout)$/,
} as const;

/**
 * next-auth's routes. Its CSRF token guards every POST; one that names a foreign origin is refused before that.
 * Answers are never stored.
 */
export async function answerAuth(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const path = (await context.params).nextauth.join("/");
  const open = OPEN[request.method as keyof typeof OPEN];
  if (!open?.test(path)) return Response.json({ error: { code: "not_found" } }, { status: 404 });
  const foreign = request.headers.has("origin") && !sameOrigin(request.headers, env().publicUrl);
  if (request.method === "POST" && foreign) {
    return Response.json({ error: { code: "forbidden" } }, { status: 403 });
  }
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "private, no-store");
  return response;
}
