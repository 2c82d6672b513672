import { receiveWebhook } from "@/lib/billing/receive-webhook";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export const POST = receiveWebhook;
