/** A column: its heading, and whether its cells are numbers. */
export interface Column {
  head: string;
  right?: boolean;
}

/**
 * Rows as aligned plain text, two spaces between columns, with a heading line. Control characters, which could
 * drive a terminal, become question marks.
 */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => width(line[index] ?? ""))));
  return lines
    .map((line) =>
      columns
        .map(({ right }, index) => {
          const cell = line[index] ?? "";
          const gap = " ".repeat((widths[index] ?? 0) - width(cell));
          return right ? gap + cell : cell + gap;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Text without anything that could drive a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "?");
}

/** Characters of East Asian scripts and emoji take two cells, combining marks none. */
function width(text: string): number {
  let cells = 0;
  for (const character of text.normalize("NFC")) {
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue;
    cells +=
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return cells;
}
