/** A text as a double-quoted YAML scalar: a JSON string is one (YAML 1.2, section 7.3.1). */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}
