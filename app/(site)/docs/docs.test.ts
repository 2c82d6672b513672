import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLIENTS, findClient } from "@/lib/clients/catalogue";
import { fillText } from "@/lib/clients/fill-text";
import { prepareFacts } from "@/lib/clients/prepare-facts";
import { inputFor, PUBLIC } from "@/lib/clients/test-inputs";
import { GATEWAY_ERRORS } from "@/lib/gateway/dialects/errors";
import { WRONG_HOST } from "@/lib/http/answer-wrong-host";
import docs from "@/lib/messages/en/docs.json";
import { TABLES } from "./_parts/generated-table";
import type { Doc } from "./_parts/list-docs";
import { isStatusPage, STATUSES } from "./_parts/list-statuses";
import { parseBody } from "./_parts/parse-body";
import { searchDocs } from "./_parts/search-docs";
import { GUIDES, isGuide } from "./guides/_parts/guide-slugs";

/** Every text of the documentation with the place where it stands. */
function texts(value: unknown, at = "docs"): { at: string; text: string }[] {
  if (typeof value === "string") return [{ at, text: value }];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => texts(inner, `${at}.${key}`));
}

const ALL = [...texts(docs), ...texts(JSON.parse(JSON.stringify(CLIENTS)), "clients")];
const BODIES = [...Object.values(docs.guides), ...Object.values(docs.statuses)].map(({ body }) => body);

/** Whether a path within the site leads to a page. */
function resolves(href: string): boolean {
  const [path = "", hash] = href.split("#");
  if (path === "/docs" && hash) return hash === "clients";
  const [, area, rest] = /^\/docs\/(errors|clients|guides)\/([^/]+)$/.exec(path) ?? [];
  if (area === "clients") return findClient(rest ?? "") !== undefined;
  if (area === "guides") return isGuide(rest ?? "");
  if (area === "errors") {
    return rest === WRONG_HOST || isStatusPage(rest ?? "") || Object.hasOwn(GATEWAY_ERRORS, rest ?? "");
  }
  return ["(site)", "(console)", "(auth)"].some((group) => existsSync(`app/${group}${path}/page.tsx`));
}

describe("the documentation's texts", () => {
  const links = ALL.flatMap(({ at, text }) =>
    [...text.matchAll(/\]\((\/[^)\s]*)\)/g)].map(([, href = ""]) => ({ at, href })),
  );

  it("lead to pages that exist", () => {
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter(({ href }) => !resolves(href))).toEqual([]);
    expect(resolves("/docs/errors/no_such_code")).toBe(false);
    expect(resolves("/nowhere")).toBe(false);
  });

  it("name only codes and types that the gateway answers with", () => {
    const known = new Set<string>([WRONG_HOST]);
    for (const [code, { type, anthropic }] of Object.entries(GATEWAY_ERRORS)) {
      for (const name of [code, type, anthropic.type]) known.add(name);
    }
    const shape =
      /`([a-z]+(?:_[a-z]+)*_(?:found|quota|allowed|exceeded|unavailable|timeout|large|error|capability|host|expired|disabled|frozen|api_key))`/g;
    const named = ALL.flatMap(({ at, text }) =>
      [...text.matchAll(shape)].map(([, code = ""]) => ({ at, code })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ code }) => !known.has(code))).toEqual([]);
  });

  it("have a page for each status that the issue asks for, with the codes that carry it", () => {
    expect([...STATUSES]).toEqual(["401", "403", "404", "413", "429", "503", "504", "524"]);
    expect(Object.keys(docs.statuses).sort()).toEqual([...STATUSES]);
    const answered = new Set(Object.values(GATEWAY_ERRORS).map(({ status }) => String(status)));
    expect(STATUSES.filter((status) => !answered.has(status))).toEqual(["524"]);
  });

  it("have every guide, and every table that a guide asks for", () => {
    expect(Object.keys(docs.guides).sort()).toEqual([...GUIDES].sort());
    const named = BODIES.flatMap(parseBody).flatMap((block) =>
      block.kind === "generated" ? [block.name] : [],
    );
    expect(new Set(named)).toEqual(new Set(TABLES));
  });

  it("hold no token that nothing fills", () => {
    const known =
      /\{(dashboard|placeholder|key-length|max-body-mb|keep-alive-seconds|forgiven|model-context|lobe-list|next-list)\}/g;
    const facts = prepareFacts(inputFor(PUBLIC));
    const sentences = Object.values(docs.statuses).map(({ sentence }) => sentence);
    // Titles and descriptions pass through the message format, which knows no such tokens.
    for (const { title } of [...Object.values(docs.guides), ...Object.values(docs.statuses)]) {
      expect(title).not.toMatch(/[{}]/);
    }
    for (const { description } of Object.values(docs.guides)) expect(description).not.toMatch(/[{}]/);
    for (const line of [...BODIES.flat(), ...sentences]) {
      // What remains in braces is JSON in a block to copy.
      expect(fillText(line, facts).replace(known, "")).not.toMatch(/\{[a-z-]+\}/);
    }
  });

  it("have headings that can be linked to, once each on a page", () => {
    for (const body of BODIES) {
      const ids = parseBody(body).flatMap((block) => (block.kind === "heading" ? [block.id] : []));
      expect(ids.every(Boolean)).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe("parseBody", () => {
  it("tells headings, lists, steps, tables, blocks and paragraphs apart", () => {
    const blocks = parseBody([
      "## A b’s",
      "Text.",
      "- one",
      "- two",
      "1. first",
      "| a | b",
      "| c | d",
      "```sh\nx\ny",
      "::models",
    ]);
    expect(blocks).toEqual([
      { kind: "heading", id: "a-bs", text: "A b’s" },
      { kind: "paragraph", text: "Text." },
      { kind: "list", items: ["one", "two"] },
      { kind: "steps", items: ["first"] },
      {
        kind: "table",
        rows: [
          ["a", "b"],
          ["c", "d"],
        ],
      },
      { kind: "code", language: "sh", code: "x\ny" },
      { kind: "generated", name: "models" },
    ]);
  });
});

describe("searchDocs", () => {
  const doc = (title: string, text: string, words = ""): Doc => ({
    href: title,
    title,
    text,
    words,
    group: "guides",
  });
  const pages = [
    doc("Open WebUI", "Chat", "container"),
    doc("Errors", "About chat", "429"),
    doc("Chatbox", "App"),
  ];
  const titles = (search: string) => searchDocs(pages, search).map(({ title }) => title);

  it("wants every word, and puts titles first", () => {
    expect(titles("chat")).toEqual(["Chatbox", "Open WebUI", "Errors"]);
    expect(titles("chat 429")).toEqual(["Errors"]);
    expect(titles("openwebui")).toEqual(["Open WebUI"]);
    expect(titles("nothing-like-it")).toEqual([]);
    expect(titles("  ")).toHaveLength(3);
  });
});
