import { handleApi } from "@/lib/api/handle-api";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export {
  handleApi as DELETE,
  handleApi as GET,
  handleApi as HEAD,
  handleApi as OPTIONS,
  handleApi as PATCH,
  handleApi as POST,
  handleApi as PUT,
};
