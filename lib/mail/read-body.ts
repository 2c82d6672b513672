import { openText } from "@/lib/crypto";

/** A queued mail's words again. Throws when they were sealed under a key that is gone. */
export function readBody(id: string, bodyCipher: Uint8Array): { text: string; html: string } {
  return JSON.parse(openText("mail-body", { table: "mails", id }, bodyCipher));
}
