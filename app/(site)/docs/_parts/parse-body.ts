/** A piece of a guide. Tables made from the catalogue are named, everything else stands in the text itself. */
export type Block =
  | { kind: "heading"; id: string; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list" | "steps"; items: string[] }
  | { kind: "code"; language: string; code: string }
  | { kind: "table"; rows: string[][] }
  | { kind: "generated"; name: string };

/**
 * The text of a guide, one entry a line: `## ` begins a part, `- ` and `1. ` are items, `| a | b` is a row (the first
 * one the head), ``` and a language begin a block to copy, `::name` is a table made from the catalogue.
 */
export function parseBody(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const [, mark = "", rest = ""] = /^(## |- |1\. |\| |```|::)?([\s\S]*)$/.exec(line) ?? [];
    if (mark === "- " || mark === "1. ") {
      const kind = mark === "- " ? "list" : "steps";
      if (last?.kind === kind) last.items.push(rest);
      else blocks.push({ kind, items: [rest] });
    } else if (mark === "| ") {
      const cells = rest.split(" | ");
      if (last?.kind === "table") last.rows.push(cells);
      else blocks.push({ kind: "table", rows: [cells] });
    } else if (mark === "## ") {
      blocks.push({ kind: "heading", id: headingId(rest), text: rest });
    } else if (mark === "```") {
      const cut = rest.indexOf("\n");
      blocks.push({ kind: "code", language: rest.slice(0, cut), code: rest.slice(cut + 1) });
    } else if (mark === "::") {
      blocks.push({ kind: "generated", name: rest });
    } else {
      blocks.push({ kind: "paragraph", text: line });
    }
  }
  return blocks;
}

/** A heading's place on its page. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’'`]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
