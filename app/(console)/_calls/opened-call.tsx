import { notFound } from "next/navigation";
import { requireUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type CallDetail, getCall } from "@/lib/usage/get-call";
import { getPrompt, type KeptPrompt } from "@/lib/usage/get-prompt";
import { readPromptRetention } from "@/lib/usage/read-prompt-retention";
import { supportBundle } from "@/lib/usage/support-bundle";
import { CallSheet } from "./call-sheet";
import { CallStatus } from "./call-status";
import { CallStory } from "./call-story";

export interface OpenedCall {
  call: CallDetail;
  bundle: string;
  timeZone: string;
  prompt: KeptPrompt | null;
  /** Whether the workspace has prompts kept at all. */
  promptsKept: boolean;
}

/** The call that a URL names, for the signed-in person; a page that is not found otherwise. */
export async function openCall(params: Promise<{ requestId: string }>): Promise<OpenedCall> {
  const user = await requireUser();
  const { requestId } = await params;
  try {
    const call = await getCall(user, decodeURIComponent(requestId));
    return {
      call,
      bundle: supportBundle(call, env().publicApiUrl),
      timeZone: user.user.timeZone,
      prompt: await getPrompt(user, call.requestId),
      promptsKept: (await readPromptRetention(user)) !== null,
    };
  } catch (error) {
    if (error instanceof URIError || (error instanceof AppError && error.code === "not_found")) notFound();
    throw error;
  }
}

/** The same call beside a list, for the sheets of the overview, usage and log pages. */
export async function OpenedCallSheet({ params }: { params: Promise<{ requestId: string }> }) {
  const opened = await openCall(params);
  const { modelId, outcome, httpStatus } = opened.call;
  return (
    <CallSheet
      title={<span className="num break-all font-medium text-sm">{modelId}</span>}
      description={<CallStatus outcome={outcome} httpStatus={httpStatus} full />}
    >
      <CallStory {...opened} />
    </CallSheet>
  );
}
