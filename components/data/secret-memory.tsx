"use client";

import { useSyncExternalStore } from "react";

/**
 * Secrets that were just made, by the id of their key, for as long as the page is not reloaded. They are kept
 * nowhere else: not in an address, a cookie, the browser's storage or a log.
 */
const secrets = new Map<string, string>();
const listeners = new Set<() => void>();

/** Keeps a fresh secret in this page's memory, so that going to Setup within the site carries it along. */
export function rememberSecret(keyId: string, secret: string): void {
  secrets.set(keyId, secret);
  for (const listener of listeners) listener();
}

/** Forgets it for good: nothing can bring it back but a rotation. */
export function forgetSecret(keyId: string): void {
  if (secrets.delete(keyId)) for (const listener of listeners) listener();
}

/** The secret of a key while this page still knows it; null on the server, after a reload and once forgotten. */
export function useSecret(keyId: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => secrets.get(keyId) ?? null,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
