/** A page as a person reads it: its main part without markup, white space made single. */
export function pageText(html: string): string {
  const main = /<main[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? html;
  return decode(main.replace(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, " ").replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .replace(/ ([.,:;?!’”)])/g, "$1");
}

/** The blocks to copy on a page, as they are copied. */
export function pageBlocks(html: string): string[] {
  return [...html.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)].map(([, inner = ""]) =>
    decode(inner.replace(/<[^>]*>/g, "")),
  );
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return NAMED[String(name)] ?? whole;
  });
}
