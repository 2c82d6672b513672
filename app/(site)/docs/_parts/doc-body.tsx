import { CopyBlock } from "@/components/data/copy-block";
import { DataTable } from "@/components/data/data-table";
import { GeneratedTable } from "./generated-table";
import type { DocFacts } from "./load-doc-facts";
import type { Block } from "./parse-body";
import { RichLine } from "./rich-line";

/** The blocks of a guide. Numbered steps count on over the blocks between them, and begin anew with a heading. */
export function DocBody({ blocks, facts }: { blocks: readonly Block[]; facts: DocFacts }) {
  let steps = 0;
  return blocks.map((block, at) => {
    if (block.kind === "heading") steps = 0;
    const start = steps + 1;
    if (block.kind === "steps") steps += block.items.length;
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a fixed text never move.
    return <One key={at} block={block} start={start} facts={facts} />;
  });
}

function One({ block, start, facts }: { block: Block; start: number; facts: DocFacts }) {
  const { fill } = facts;
  switch (block.kind) {
    case "heading":
      return (
        <h2 id={block.id} className="mt-4 scroll-mt-20 font-semibold text-site">
          {fill(block.text)}
        </h2>
      );
    case "paragraph":
      return (
        <p className="max-w-prose text-site">
          <RichLine text={fill(block.text)} />
        </p>
      );
    case "list":
      return (
        <ul className="grid max-w-prose list-disc gap-1.5 pl-5 text-site marker:text-ink-3">
          <Items texts={block.items} fill={fill} />
        </ul>
      );
    case "steps":
      return (
        <ol
          start={start}
          className="grid max-w-prose list-decimal gap-1.5 pl-5 text-site marker:text-ink-3 marker:tabular-nums"
        >
          <Items texts={block.items} fill={fill} />
        </ol>
      );
    case "code":
      return <CopyBlock title={LANGUAGES[block.language] ?? block.language} code={fill(block.code)} />;
    case "generated":
      return <GeneratedTable name={block.name} facts={facts} />;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return (
        <DataTable
          caption={head.join(", ")}
          rows={rows}
          rowKey={(row) => row.join()}
          columns={head.map((header, column) => ({
            id: header,
            header,
            className: "whitespace-normal",
            cell: (row: string[]) => <RichLine text={fill(row[column] ?? "")} />,
          }))}
        />
      );
    }
  }
}

const LANGUAGES: Record<string, string> = { sh: "Terminal", env: ".env" };

function Items({ texts, fill }: { texts: readonly string[]; fill: (text: string) => string }) {
  return texts.map((text) => (
    <li key={text} className="pl-1">
      <RichLine text={fill(text)} />
    </li>
  ));
}
