/**
 * A text as a string literal that JavaScript and Python read alike: both know every escape of JSON. What is not
 * ASCII is escaped, so that no encoding of a saved file can change it.
 */
export function codeText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
