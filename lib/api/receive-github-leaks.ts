import { createHash } from "node:crypto";
import { z } from "zod";
import { errorResponse } from "@/lib/api/api-error";
import { readBody } from "@/lib/api/read-body";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { checkGithubSignature } from "@/lib/keys/leaks/check-github-signature";
import { GithubKeys } from "@/lib/keys/leaks/github-keys";
import { reportLeak } from "@/lib/keys/leaks/report-leak";

const MAX_BYTES = 1_048_576;
const Matches = z
  .array(
    z.object({
      token: z.string().max(1_000),
      type: z.string().max(200),
      url: z.string().max(4_000).nullish(),
    }),
  )
  .max(10_000);

/**
 * What GitHub's secret scanning calls when it finds keys of ours in the open (docs.github.com, "Secret scanning
 * partner program"): signed, revoked at once, and answered with which of them were real, by their SHA-256.
 */
export function githubReceiver(keys: () => GithubKeys): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = newId("req");
    const response = await receive(request, requestId, keys()).catch((error) =>
      errorResponse(error, requestId),
    );
    response.headers.set("x-request-id", requestId);
    response.headers.set("cache-control", "no-store");
    return response;
  };
}

let known: GithubKeys | undefined;

/** With the keys of GITHUB_API_BASE. An address on this machine is for tests, and never taken in production. */
export const receiveGithubLeaks = githubReceiver(() => {
  const { GITHUB_API_BASE, production } = env();
  known ??= new GithubKeys({
    baseUrl: GITHUB_API_BASE ?? "https://api.github.com",
    allowPrivate: GITHUB_API_BASE !== undefined && !production,
  });
  return known;
});

async function receive(request: Request, requestId: string, keys: GithubKeys): Promise<Response> {
  const body = await readBody(request, MAX_BYTES);
  const signed = await checkGithubSignature(keys, body, request.headers).catch((cause) => {
    throw new AppError("unavailable", "githubUnreachable", { cause });
  });
  if (!signed) throw new AppError("forbidden", "githubSignature");
  const feedback = [];
  for (const { token, type, url } of Matches.parse(parse(body))) {
    const ours = await reportLeak({ secret: token, via: "github", url: url ?? undefined, requestId });
    feedback.push({
      token_hash: createHash("sha256").update(token).digest("hex"),
      token_type: type,
      label: ours ? "true_positive" : "false_positive",
    });
  }
  return Response.json(feedback);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AppError("invalid_input", "bodyNotJson");
  }
}
