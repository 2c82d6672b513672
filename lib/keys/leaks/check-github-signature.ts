import { verify } from "node:crypto";
import type { GithubKeys } from "@/lib/keys/leaks/github-keys";

/**
 * Whether GitHub signed exactly these bytes: `Github-Public-Key-Identifier` names the key,
 * `Github-Public-Key-Signature` is ECDSA-NIST-P256V1-SHA256 in base64 over DER (docs.github.com, "Secret scanning
 * partner program"). Rejects when GitHub's keys cannot be read.
 */
export async function checkGithubSignature(
  keys: GithubKeys,
  body: Buffer,
  headers: Pick<Headers, "get">,
): Promise<boolean> {
  const identifier = headers.get("github-public-key-identifier") ?? "";
  const signature = headers.get("github-public-key-signature") ?? "";
  if (!/^[0-9A-Za-z]{1,128}$/.test(identifier) || !/^[0-9A-Za-z+/]{1,256}={0,2}$/.test(signature))
    return false;
  const key = await keys.find(identifier);
  if (!key) return false;
  try {
    return verify("sha256", body, { key, dsaEncoding: "der" }, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
