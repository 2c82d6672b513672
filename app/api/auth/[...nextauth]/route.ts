import type { NextRequest } from "next/server";
import { answerAuth } from "@/lib/auth/answer-auth";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return answerAuth(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  return answerAuth(request, context);
}
