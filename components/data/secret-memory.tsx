"use client";

import { useSyncExternalStore } from "react";

/**
 * Secrets of keys, for as long as this page lives: filled when a key is made, rotated or pasted, read by Setup.
 * Module memory only. Nothing here ever goes into storage, a cookie, a URL or a request other than the caller's
 * own; a reload forgets it all.
 */
const secrets = new Map<string, string>();
const listeners = new Set<() => void>();

/** Keeps the newest secret of a key. */
export function rememberSecret(keyId: string, secret: string): void {
  secrets.set(keyId, secret);
  tell();
}

/** Forgets the secret of one key, or of all: when it is revoked, and at sign-out. */
export function forgetSecrets(keyId?: string): void {
  if (keyId === undefined) secrets.clear();
  else secrets.delete(keyId);
  tell();
}

/** The secret of a key while this page knows it, else null. Null on the server. */
export function useSecret(keyId: string | null): string | null {
  return useSyncExternalStore(
    subscribe,
    () => (keyId === null ? null : (secrets.get(keyId) ?? null)),
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
