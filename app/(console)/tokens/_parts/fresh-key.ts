import type { KeyView, SecretView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import type { FreshKey } from "./fresh-secret";

/** What the card of a fresh secret has to know of its key. */
export function freshKey(view: KeyView & { history: SecretView[] }, verified: boolean): FreshKey {
  const { canRotate, olderEndsAt } = actionKey(view, verified);
  return {
    id: view.id,
    name: view.name,
    rotated: view.history.length > 1,
    oldEndsAt: olderEndsAt,
    canRotate,
  };
}
