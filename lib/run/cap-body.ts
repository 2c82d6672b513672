import type { IncomingMessage } from "node:http";

/**
 * Watches a body that came without a length. Beyond the limit nothing more of it is passed on; when all of it has
 * arrived `onTooLarge` is called instead of the end, so that half a form never looks like a whole one and the caller
 * has listened by then. How long that takes is bound by the server's request timeout.
 */
export function capBody(request: IncomingMessage, limitBytes: number, onTooLarge: () => void): void {
  let sizeBytes = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    sizeBytes += chunk?.length ?? 0;
    if (sizeBytes <= limitBytes) return push(chunk, encoding);
    if (chunk === null) onTooLarge();
    return true;
  };
}
