import { curlChat, curlModels } from "@/lib/clients/curl-blocks";
import type { ClientEntry } from "@/lib/clients/types";

/** The plainest client: what works here works everywhere, and its errors are the clearest. */
export const curl: ClientEntry = {
  slug: "curl",
  name: "curl",
  group: "terminal",
  aliases: ["terminal", "shell", "HTTP"],
  what: "The API by hand, from any terminal: the quickest proof that key, address, model and credit are right.",
  homepage: "https://curl.se",
  forWhom: ["You want to test before you set up a client, or to see an error without a client in between."],
  notForWhom: ["You want to chat: choose one of the other clients."],
  origin: "your-machine",
  originNote: "The calls come straight from your machine.",
  asks: { address: "URL", value: "{base}", key: "Authorization header" },
  v1: {
    included: true,
    why: "curl calls exactly the address you write: {base}/models, {base}/chat/completions.",
  },
  models: { how: "listed", note: "{base}/models lists what your key may use." },
  apply: { title: "Nothing to restart", note: "Each command stands for itself." },
  firstChat: "Change the question in the command and send it again.",
  mistakes: [
    {
      mistake: "PowerShell or cmd refuses the quotes.",
      fix: "They quote differently. Run the command in Git Bash or WSL.",
    },
    {
      mistake: "The key is in the history of a shared machine, or in a screenshot.",
      fix: "Rotate it on the Tokens page: the old one can end at once.",
    },
    {
      mistake: "-H and -d lines run as commands of their own.",
      fix: "Every line but the last has to end in a backslash, with nothing after it.",
    },
    { mistake: "The answer is HTML, or 404.", fix: "That is not the API. Use {base}." },
  ],
  version: "Any curl since version 7. PowerShell's curl is sometimes another program: there, write curl.exe.",
  tabs: [
    {
      id: "chat",
      label: "A question",
      kind: "shell",
      fileName: "chat.sh",
      note: "Costs a fraction of a cent. Add -i to see the response headers, x-request-id and x-request-cost among them.",
      render: (facts) => curlChat(facts),
    },
    {
      id: "stream",
      label: "Streamed",
      kind: "shell",
      fileName: "stream.sh",
      note: "The answer arrives piece by piece and ends with data: [DONE].",
      render: (facts) => curlChat(facts, { stream: true }),
    },
    {
      id: "models",
      label: "The models",
      kind: "shell",
      fileName: "models.sh",
      note: "Lists what your key may use. Free of charge.",
      render: curlModels,
    },
  ],
};
