type Json = Record<string, unknown>;

const fn = (name: string, properties: Json = { text: { type: "string" } }): Json => ({
  type: "function",
  name,
  description: `What ${name} does.`,
  strict: false,
  parameters: { type: "object", properties, required: [], additionalProperties: false },
});

const NAMESPACE = {
  type: "namespace",
  name: "multi_agent_v1",
  description: "Tools for working with other agents.",
  tools: [fn("spawn_agent"), fn("wait_agent")],
};

const SETTINGS = {
  tool_choice: "auto",
  parallel_tool_calls: true,
  reasoning: { summary: "auto" },
  store: false,
  stream: true,
  include: ["reasoning.encrypted_content"],
  prompt_cache_key: "0199c0de-0000-7000-8000-000000000001",
  client_metadata: { "x-codex-installation-id": "0199c0de" },
};

const OPENING: Json[] = [
  {
    type: "message",
    id: "msg_1",
    role: "developer",
    content: [
      { type: "input_text", text: "<permissions>read only</permissions>" },
      { type: "input_text", text: "You are a coding agent." },
    ],
  },
  {
    type: "message",
    id: "msg_2",
    role: "user",
    content: [
      { type: "input_text", text: "<environment_context>/repo</environment_context>" },
      { type: "input_text", text: "say PONG" },
    ],
  },
];

/** What Codex CLI 0.169 sends first for a model that it does not know. */
export function codexFirstTurn(model: string): Json {
  return {
    model,
    input: OPENING,
    tools: [
      fn("exec_command", { cmd: { type: "string" } }),
      fn("write_stdin"),
      fn("request_user_input"),
      fn("view_image"),
      fn("get_goal"),
      fn("create_goal"),
      fn("update_goal"),
      NAMESPACE,
      { type: "web_search", external_web_access: false },
    ],
    ...SETTINGS,
  };
}

/** The next turn: what the model answered, echoed, with the output of its call. */
export function codexSecondTurn(model: string, answered: readonly Json[], output: string): Json {
  const first = codexFirstTurn(model);
  const outputs = answered
    .filter((item) => item.type === "function_call" || item.type === "custom_tool_call")
    .map((item) => ({ type: `${item.type}_output`, call_id: item.call_id, output }));
  return { ...first, input: [...OPENING, ...answered, ...outputs] };
}

/** For a model of its own catalogue: no `tools` at all, they are the first item. */
export function codexKnownModel(model: string): Json {
  return {
    model,
    input: [
      {
        type: "additional_tools",
        role: "developer",
        tools: [
          {
            type: "namespace",
            name: "functions",
            description: "",
            tools: [
              {
                type: "custom",
                name: "exec",
                description: "Runs code.",
                format: { type: "grammar", syntax: "lark", definition: "start: /(.|\\n)+/" },
              },
              fn("wait"),
            ],
          },
          { type: "namespace", name: "clock", description: "", tools: [fn("now", {})] },
          { type: "namespace", name: "collaboration", description: "", tools: [fn("spawn_agent")] },
          { type: "web_search", external_web_access: false },
        ],
      },
      ...OPENING,
    ],
    ...SETTINGS,
    reasoning: { effort: "medium", summary: "auto", context: "auto" },
    text: { verbosity: "low" },
  };
}
