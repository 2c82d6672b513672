/** A text as a basic string of TOML 1.0: a JSON string is one, but for the control character DEL. */
export function tomlText(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}
