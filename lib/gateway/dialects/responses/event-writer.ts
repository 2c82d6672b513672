import type { EventSink, Json } from "@/lib/gateway/dialects/api-request";

/** Takes the events of a response's stream, by type, without their numbers. */
export interface EventWriter {
  write(type: string, fields: Json): void;
}

/** For an answer that is not streamed. */
export const SILENT: EventWriter = { write: () => undefined };

/** Numbers events and sends them, each named after its type. Source: OpenAI API reference, "Streaming events". */
export class NumberedWriter implements EventWriter {
  private next = 0;

  constructor(private readonly out: EventSink) {}

  write(type: string, fields: Json): void {
    this.out.event(JSON.stringify({ type, sequence_number: this.next++, ...fields }), type);
  }

  /** An event ready to be sent; `edit` makes its text from the numbered event. */
  send(type: string, fields: Json, edit: (event: Json) => string): void {
    this.out.event(edit({ type, sequence_number: this.next++, ...fields }), type);
  }

  /** Numbers go on after those of events that went by. */
  follow(event: Json): void {
    const { sequence_number: number } = event;
    this.next = typeof number === "number" ? Math.max(this.next, number + 1) : this.next + 1;
  }
}
