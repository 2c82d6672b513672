import type { ClientEntry } from "@/lib/clients/types";

/** Facts (third party; Cursor is closed): LiteLLM's and OpenRouter's Cursor guides, forum.cursor.com 159298 and 160995. */
export const cursor: ClientEntry = {
  slug: "cursor",
  name: "Cursor",
  group: "coding",
  aliases: ["Cursor AI", "Cursor IDE"],
  what: "Code editor with built-in chat and agent; takes your own models through its OpenAI override.",
  homepage: "https://cursor.com",
  forWhom: ["You have a paid Cursor plan and want its chat and agent to use models from here."],
  notForWhom: [
    "You are on Cursor's free plan, which cannot select models by name.",
    "You want Tab completion or the cursor-agent command line to come from here: both always use Cursor's own models.",
    "Your API address is not public, or your key is limited to certain IP addresses.",
  ],
  origin: "hosted",
  originNote:
    "Cursor sends every call from its own servers, whose addresses change; nothing is sent from your machine.",
  asks: { address: "Override OpenAI Base URL", value: "{root}/cursor", key: "OpenAI API Key" },
  v1: {
    included: false,
    why: "Cursor has a path of its own, {root}/cursor, because its agent sends a mixture of two formats there. Cursor appends /chat/completions to it.",
  },
  models: {
    how: "typed",
    note: "Each model is added by hand, spelt exactly like its id.",
  },
  apply: { title: "Nothing to restart", note: "Cursor uses the settings at once." },
  firstChat: "Open the chat pane, choose {model} in the model menu, and say hello.",
  mistakes: [
    {
      mistake: "The override is {base}.",
      fix: "Plain chat works there, the agent does not. Use {root}/cursor.",
    },
    {
      mistake: "The API address is on localhost or in a private network.",
      fix: "Cursor's servers cannot reach it. The API has to be on a public HTTPS address.",
    },
    {
      mistake: "The key allows only certain IP addresses.",
      fix: "Cursor's servers have no fixed addresses. Use a key without that limit.",
    },
    {
      mistake: "Built-in OpenAI models stopped working.",
      fix: "The override is global: switch it off to go back to Cursor's own models.",
    },
    {
      mistake: "A model is refused as already existing, or is answered by Cursor itself.",
      fix: "Its id is one of Cursor's built-in names. Ask your operator for an alias with another name.",
    },
  ],
  version:
    "Cursor is closed and changes often: newer builds and some plans hide the override. Where it is missing, the Azure OpenAI switch with {root} as base URL and {model} as deployment name does plain chat.",
  tabs: [
    {
      id: "app",
      label: "In the app",
      kind: "ui-steps",
      fileName: "cursor-steps.txt",
      render: (facts) => [
        { text: "Open Cursor Settings, then Models, and expand API Keys." },
        {
          text: "Switch on OpenAI API Key and Override OpenAI Base URL, and fill in:",
          fields: [
            { label: "OpenAI API Key", value: facts.key },
            { label: "Override OpenAI Base URL", value: `${facts.root}/cursor` },
          ],
        },
        {
          text: "Click “+ Add Custom Model” and add each model you want:",
          fields: facts.models.slice(0, 20).map(({ id }) => ({ label: "Add Custom Model", value: id })),
        },
        { text: "If Cursor offers to verify the key, do so, then switch the added models on." },
      ],
    },
  ],
};
