import type { Ctx } from "@/lib/actor";
import { log } from "@/lib/log";

/** Text as a body that is made only as fast as the client takes it, and no further once the client has gone. */
export function streamText(ctx: Ctx, pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (done) controller.close();
          // An empty piece would not count as an answer to the pull.
          else if (value) controller.enqueue(encoder.encode(value));
          else await this.pull?.(controller);
        } catch (error) {
          log.error({ requestId: ctx.requestId, err: error }, "an export broke off");
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
