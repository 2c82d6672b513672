import { receiveLeak } from "@/lib/api/receive-leak";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export {
  receiveLeak as DELETE,
  receiveLeak as GET,
  receiveLeak as PATCH,
  receiveLeak as POST,
  receiveLeak as PUT,
};
