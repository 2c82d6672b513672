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
  if (!(await isReadable(request))) {
    return Response.json(
      { error: { code: "invalid_input", message: "The body cannot be read." } },
      { status: 400 },
    );
  }
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** Whether next-auth will be able to read the body, which it does by its declared type alone. */
async function isReadable(request: Request): Promise<boolean> {
  if (request.method !== "POST") return true;
  try {
    const body = request.clone();
    if (request.headers.get("content-type")?.includes("json")) {
      const read: unknown = await body.json();
      return typeof read === "object" && read !== null;
    }
    await body.text();
    return true;
  } catch {
    return false;
  }
}
