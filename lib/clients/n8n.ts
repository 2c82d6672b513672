import { PROVIDER_NAME } from "@/lib/clients/provider-id";
import type { ClientEntry } from "@/lib/clients/types";

/** Facts: n8n 2.41 nodes (OpenAI credentials, lmChatOpenAi), read from the npm packages. */
export const n8n: ClientEntry = {
  slug: "n8n",
  name: "n8n",
  group: "automation",
  aliases: ["nodemation"],
  what: "Workflow automation with AI agents, hosted by you or in n8n's cloud.",
  homepage: "https://n8n.io",
  forWhom: ["You build workflows with the OpenAI Chat Model, AI Agent or OpenAI nodes."],
  notForWhom: [
    "You need OpenAI's assistants, files or images in a workflow: this gateway does not offer them.",
  ],
  origin: "server-or-docker",
  originNote:
    "The server that runs n8n makes the calls. With n8n Cloud the API has to be on a public HTTPS address.",
  asks: { address: "Base URL", value: "{base}", key: "API Key" },
  v1: {
    included: true,
    why: "n8n takes the last part of the base URL off and adds it again. With a slash at the end it gets that wrong.",
  },
  models: { how: "both", note: "“From list” reads {base}/models; “By ID” takes what you type." },
  apply: { title: "Nothing to restart", note: "A workflow uses the credential at its next run." },
  firstChat: "Put {model} into an OpenAI Chat Model node below an AI Agent, and say hello in its chat.",
  mistakes: [
    { mistake: "The base URL is {root}, without /v1.", fix: "Use {base}." },
    { mistake: "The base URL ends in a slash.", fix: "Use {base}, without one." },
    {
      mistake: "n8n runs in Docker and the address says localhost.",
      fix: "Inside a container, localhost is the container itself. Use {docker-base}.",
    },
    {
      mistake: "A node fails with a field that the model does not know.",
      fix: "“Use Responses API” is on by default. The gateway serves it, but switch it off for models that only chat.",
    },
    {
      mistake: "A loop sends hundreds of calls at once.",
      fix: "Give the key a limit per minute and a budget on the Tokens page, and batch the loop.",
    },
  ],
  version: "Checked against the nodes of n8n 2.41; n8n itself was not run.",
  tabs: [
    {
      id: "app",
      label: "In n8n",
      kind: "ui-steps",
      fileName: "n8n-steps.txt",
      render: (facts) => [
        { text: "Open Credentials, click Create credential, and choose OpenAI." },
        {
          text: "Fill in:",
          fields: [
            { label: "API Key", value: facts.key },
            { label: "Base URL", value: facts.base },
          ],
        },
        ...(facts.reach === "loopback"
          ? [
              {
                text: "If n8n runs in Docker, use this instead:",
                fields: [{ label: "Base URL", value: facts.dockerBase }],
              },
            ]
          : []),
        {
          text: "Click Save: n8n tests the key by reading the models. Name it so that you find it again:",
          fields: [{ label: "Name", value: PROVIDER_NAME }],
        },
        {
          text: "In an OpenAI Chat Model node choose this credential and set:",
          fields: [
            { label: "Model, By ID", value: facts.model.id },
            { label: "Use Responses API", value: "off" },
          ],
        },
      ],
    },
  ],
};
