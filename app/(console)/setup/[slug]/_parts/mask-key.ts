/** A block as it is shown while the key is hidden on screen; what is copied stays whole. */
export function maskKey(text: string, secret: string | null, hidden: boolean): string {
  return secret && hidden ? text.replaceAll(secret, `sk-tg-…${secret.slice(-4)}`) : text;
}
