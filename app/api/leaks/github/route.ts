import { receiveGithubLeaks } from "@/lib/api/receive-github-leaks";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export const POST = receiveGithubLeaks;
