import type { KeyView, SecretView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import type { FreshKey } from "./fresh-secret";

/** What the card of a fresh secret has to know of its key; nothing to show for one that is over. */
export function freshKey(view: KeyView & { history: SecretView[] }, verified: boolean): FreshKey | null {
  if (view.status === "revoked" || view.status === "expired") return null;
  const { canRotate, olderEndsAt } = actionKey(view, verified);
  return {
    id: view.id,
    name: view.name,
    lastFour: view.secrets[0]?.lastFour ?? "",
    rotated: view.history.length > 1,
    oldEndsAt: olderEndsAt,
    canRotate,
  };
}
