import type { SeenEvent } from "@/e2e/fakes/responses-sequence";

/** The events of a streamed answer, with their names. Comments are left out; anything else that is no event throws. */
export async function readEvents(answer: Response): Promise<SeenEvent[]> {
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
  const events: SeenEvent[] = [];
  for (const block of text.split("\n\n")) {
    if (block === "" || block.startsWith(":")) continue;
    const found = /^event: (\S+)\ndata: (.*)$/.exec(block);
    if (!found?.[2]) throw new Error(`not an event: ${block}`);
    events.push({ name: found[1], event: JSON.parse(found[2]) as Record<string, unknown> });
  }
  return events;
}
