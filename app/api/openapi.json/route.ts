import { openApi } from "@/lib/api/openapi";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Public, and readable from any page: it says nothing that the reference page does not. */
export function GET(): Response {
  return Response.json(openApi(), {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}
