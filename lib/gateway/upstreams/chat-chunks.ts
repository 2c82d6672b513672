type Json = Record<string, unknown>;

/** A whole answer as the chunks of a stream: one with everything, one with its usage. */
export function chunksFromCompletion(body: Json): Json[] {
  const choices = Array.isArray(body.choices) ? (body.choices as Json[]) : [];
  const common = { id: body.id, object: "chat.completion.chunk", created: body.created, model: body.model };
  const chunk = {
    ...common,
    choices: choices.map((choice, at) => {
      const message = (choice.message ?? {}) as Json;
      const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as Json[]) : null;
      const delta = calls
        ? { ...message, tool_calls: calls.map((call, index) => ({ index, ...call })) }
        : message;
      return { index: choice.index ?? at, delta, finish_reason: choice.finish_reason ?? "stop" };
    }),
  };
  return body.usage ? [chunk, { ...common, choices: [], usage: body.usage }] : [chunk];
}
