/**
 * What guides to such gateways, to chat clients and to connection forms promise or warn of, in our own words: each has
 * one test that does it for real. `npm test` fails when one has none; print-coverage.mjs prints the table.
 */
export interface Statement {
  topic: string;
  says: string;
  /** The file of this folder whose test it is. */
  file: string;
}

function topic(name: string, file: string, statements: Record<string, string>): [string, Statement][] {
  return Object.entries(statements).map(([id, says]) => [id, { topic: name, says, file }]);
}

const LIST = [
  ...topic("Account and credit", "account.db.test.ts", {
    "account.refused": "a call without credit is refused: 403, in Anthropic's dialect 402, in Responses 429",
    "account.never-empty": "missing credit is an error even on a stream, never an empty answer",
    "account.models-free": "models are listed without credit",
    "account.top-up": "the refusal says what is missing and where to add it",
    "account.at-once": "new credit counts at once: the refused call works when repeated",
    "account.usage": "each call is visible with model, tokens and cost under its request id",
    "account.exact": "a call costs what its tokens cost, and the balance is less by exactly that",
    "account.prepaid": "what was paid in advance can be spent and not one unit more",
    "account.failed-free": "a call that failed upstream costs nothing",
  }),
  ...topic("Keys", "keys.db.test.ts", {
    "key.label": "a key has a name that says where it is used",
    "key.once": "the secret is shown when it is made and nowhere later, not even in the database",
    "key.budget": "an optional credit limit stops that key and no other",
    "key.expiry": "an optional expiry ends the key",
    "key.valid": "listing models with a good key answers 200 with a list",
    "key.wrong": "a wrong, cut or missing key answers 401",
    "key.revoked": "a revoked key answers 401 within a second",
    "key.rotate-now": "a leaked key is rotated at once: the old secret ends, the new one works",
    "key.rotate-later": "a regular rotation leaves time: both secrets work meanwhile",
    "key.account": "the key tells whose account pays",
    "key.person": "with a key for each person the usage tells who spent what",
    "key.prefix": "a key is told apart by its prefix and last characters, without the rest",
    "key.header": "the key is taken as bearer token, as x-api-key and as api-key",
    "key.remind": "a key that is older than the reminder's days is named to its owners",
  }),
  ...topic("Base URL and /v1", "base-url.db.test.ts", {
    "url.root": "the base URL is the API's root with /v1, and every endpoint lies below it",
    "url.without": "a base URL without /v1 still answers",
    "url.doubled": "/v1 appended twice still answers",
    "url.endpoint": "an endpoint pasted as the base URL still answers",
    "url.slash": "a slash at the end still answers",
    "url.unknown": "a path that does not exist answers 404 in JSON and names the right address",
    "url.no-page": "no address of the API answers a call with a page or with nothing",
    "url.foreign-key": "a key of another provider answers 401 and says that it is not from here",
    "url.makers": "one endpoint serves models of several makers; only the model's name changes",
    "url.cors": "a browser's preflight passes, so that clients in a browser can call",
  }),
  ...topic("Models", "models.db.test.ts", {
    "model.list": "the list names every model of the key by its id",
    "model.copy": "every listed id works as copied",
    "model.guess": "a guessed id answers 404 and names the nearest ids",
    "model.exact": "an id has to match exactly",
    "model.per-key": "which models there are depends on the key",
    "model.size":
      "the list tells context window, output limit and price, for clients that want them typed in",
    "model.upstream-id": "the upstream is asked for its own id, spelt as it was entered",
    "model.many": "one connection serves many models, each an entry of its own",
    "model.auto": "an alias picks a model by itself",
    "model.gone": "a model taken out of use is no longer listed, and answers 404",
    "model.lists": "the lists for LobeChat and NextChat name the key's real models with their abilities",
  }),
  ...topic("Errors", "errors.db.test.ts", {
    "error.form": "every error has a code, a sentence, a link to its page and the request id of the headers",
    "error.401": "401: the key is missing, wrong, expired or paused, and the code says which",
    "error.403": "403: the key exists and may not do this: model, address, budget, cap per call",
    "error.404": "404: no such model for this account, or no such address",
    "error.429-rate": "429: too many calls a minute; after the wait it works",
    "error.429-parallel": "429: too many calls at once; with fewer it works",
    "error.503": "503: the provider cannot be reached; the call may be tried again, and another model works",
    "error.504": "504: the provider did not answer in time",
    "error.stream": "an error in the middle of a stream is an event with a code, never a silent end",
    "error.empty": "an answer without content costs nothing",
    "error.400": "a field that the provider refuses comes back by name, without its secrets",
    "error.tools": "tools sent to a model without them are refused by name before anything streams",
  }),
  ...topic("Upstream connections", "upstream.db.test.ts", {
    "up.any": "any service with a chat completions endpoint can be connected by URL, key and model id",
    "up.url-forms": "the endpoint is taken as root, as host alone or with the endpoint's path",
    "up.no-key": "the key is optional: without one no credential is sent",
    "up.key-sealed": "an upstream's key is encrypted at rest and never shown again",
    "up.headers": "extra headers go with every call",
    "up.azure": "Azure: resource and deployment from the URL, api-version in the query, key as api-key",
    "up.azure-version": "Azure without an api-version is refused by field",
    "up.tools-default": "a model of unknown abilities starts with tools alone",
    "up.abilities": "abilities are set for each model and shown in the list",
    "up.privacy": "a model whose provider keeps nothing carries the privacy flag",
    "up.test-ok": "the test of a connection tries models, a call, a stream and a tool call",
    "up.test-tools": "the test names the ability to switch off when an upstream does not know it",
    "up.test-404": "the test tells a wrong path from a wrong key",
    "up.ollama": "a local server without a key serves by its /v1",
    "up.self": "a connection to this gateway itself is refused",
  }),
  ...topic("Security", "security.db.test.ts", {
    "sec.error": "no error repeats the key that was sent",
    "sec.query": "a key in the URL is not accepted",
    "sec.leak": "a reported leaked key ends at once and its owner is told",
    "sec.address": "a key can be limited to network addresses",
    "sec.least": "a key can be limited to models, budget, rate and time together",
    "sec.no-prompts": "what was asked and answered is not kept",
    "sec.name": "a key pasted as a name is refused",
    "sec.upstream": "an upstream's own key and words never reach a caller",
  }),
  ...topic("Clients", "clients.db.test.ts", {
    "client.lobechat":
      "LobeChat: its block makes a call, as .env, in Docker, on a host, in the app, by either provider",
    "client.open-webui": "Open WebUI: its block makes a call, in Docker, as .env and in the app",
    "client.nextchat": "NextChat: its block makes a call, as .env, in Docker, on a host and in the app",
    "client.cursor": "Cursor: its block makes a call with its mixed body on its own path",
    "client.cline": "Cline: its block makes a call, from the command line and from the editor",
    "client.continue": "Continue: its config.yaml makes a call",
    "client.codex-cli": "Codex CLI: its two blocks together make a call to Responses",
    "client.claude-code":
      "Claude Code: its block makes a call to Messages, from settings, terminal and editor",
    "client.every-tab-known": "no way of setting up one of these eight is left untried",
    "client.rumus": "Rumus: endpoint URL, key and model id of its block make a call",
    "client.curl-check": "the check from a terminal runs as it is printed",
  }),
  ...topic("Documentation", "pages.sys.test.ts", {
    "page.sign-up": "signing up asks for no card",
    "page.packs": "packs of prepaid credit and how calls are charged are on the pricing page",
    "page.models": "the models page shows ids, context and price",
    "page.guide-values": "the LobeChat guide gives key, address and model list as they work here",
    "page.guide-before": "it says what is needed before: account, credit, key, reachable address",
    "page.guide-whom": "it says for whom it is and for whom not",
    "page.guide-v1": "it says whether the address has /v1, and why",
    "page.guide-ways": "it shows .env, Docker, a host's variables and the app's own labels",
    "page.guide-restart": "it says to restart or redeploy after a change",
    "page.guide-check": "its check of the models, run as printed with a key, answers 200",
    "page.guide-test": "its test call, run as printed with a key, answers",
    "page.guide-model":
      "it says how to pick a model and how to add one that is missing, with name and context",
    "page.guide-version": "it warns that versions and ways of hosting differ",
    "page.guide-mistakes": "it names the common mistakes",
    "page.guide-errors": "it explains 401, 403, 404, 429, 503 and the empty answer",
    "page.disclaimer": "it says who operates this and of whom it is independent",
    "page.clients": "there is a guide for each of the nine clients",
    "page.guides":
      "there are guides on address and key, one address for all, empty answers, Codex and Claude Code",
    "page.compatible": "compatible with OpenAI does not mean OpenAI's models only: the page shows several",
    "page.fit": "it is said honestly when a gateway fits and when not",
    "page.direct": "moving from several providers to one address has a guide with each one's address",
    "page.error-links": "the link in an error leads to its page, and each status has one",
    "page.index": "an index for language models lists every page, and each of them exists",
    "page.search": "the documentation can be searched",
  }),
  ...topic("Questions", "pages.sys.test.ts", {
    "faq.address": "which address: the API's, with /v1",
    "faq.v1": "whether /v1 belongs to it",
    "faq.site":
      "the site's own address is not it: a call there answers with an error that names the right one",
    "faq.endpoint": "an endpoint is not it",
    "faq.key": "where the key is from, and that it is shown once",
    "faq.pair": "key and address come from the same place",
    "faq.model": "the model's id comes from the list",
    "faq.empty": "why an answer is empty",
    "faq.empty-v1": "whether a missing /v1 can be the cause",
    "faq.wrong-url": "whether a wrong address can cause 401",
    "faq.403": "what 403 means",
    "faq.404": "what 404 means",
    "faq.429": "what 429 means",
    "faq.503": "what 503 means",
    "faq.restart": "whether a restart is needed",
    "faq.official": "whether this is an official service",
    "faq.guarantee": "whether a client is guaranteed to work",
    "faq.screenshots": "whether a key belongs into a screenshot",
    "faq.support": "what to send to support, which the answer to a call carries",
  }),
  ...topic("Wrong settings, named by the doctor", "pages.sys.test.ts", {
    "wrong.site": "the site as base URL",
    "wrong.no-v1": "/v1 left out where the client needs it",
    "wrong.doubled": "/v1 twice",
    "wrong.endpoint": "an endpoint as base URL",
    "wrong.other-url": "a key from here with another provider's address",
    "wrong.other-key": "another provider's key with the address from here",
    "wrong.guess": "a guessed model: the doctor names the nearest",
    "wrong.revoked": "a revoked key",
    "wrong.no-credit": "no credit",
    "wrong.right": "right settings have no fault, and the small call succeeds",
  }),
  ...topic("In the browser", "setup-walk.spec.ts", {
    "walk.buy": "a pack is bought and its credit can be spent at once",
    "walk.key":
      "a key is made on the Tokens page with a name and, if wanted, a limit and an expiry; shown once, with advice",
    "walk.blocks":
      "from the key to the block of each of the eight clients, which carries key, address and model",
    "walk.hosted": "a client that calls from the internet is told why a local address cannot work",
    "walk.app-steps": "the steps in LobeChat's own windows are given with its labels",
    "walk.usage": "the call made with a block appears under Usage with its cost",
  }),
];

const STATEMENTS: ReadonlyMap<string, Statement> = new Map(LIST);

/** Every statement by its id. */
export function listStatements(): ReadonlyMap<string, Statement> {
  return STATEMENTS;
}

/** The title of the test that proves a statement. Throws RangeError on an unknown id. */
export function covers(id: string): string {
  const statement = STATEMENTS.get(id);
  if (!statement) throw new RangeError(`no statement ${id}`);
  return statement.says;
}

/** What is covered, as a Markdown table in the order of the topics. */
export function coverageTable(): string {
  const rows = [...STATEMENTS.values()].map(
    ({ topic: name, says, file }) => `| ${name} | ${says} | \`e2e/seeds/${file}\` |`,
  );
  return ["| Topic | What holds | Test |", "| --- | --- | --- |", ...rows, ""].join("\n");
}
