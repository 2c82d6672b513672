import type { KeyView } from "@/lib/keys/types";

/** As much of a key as its buttons need, and which of them make sense now. Crosses to the browser. */
export interface ActionKey {
  id: string;
  name: string;
  paused: boolean;
  canRotate: boolean;
  canPause: boolean;
  canRevoke: boolean;
  /** When the secret before the current one ends, if it still works. */
  olderEndsAt: Date | null;
}

/** `verified`: making a secret and loosening a limit need a confirmed address; taking one out of use does not. */
export function actionKey(view: KeyView, verified: boolean): ActionKey {
  const dead = view.status === "revoked" || view.status === "expired";
  return {
    id: view.id,
    name: view.name,
    paused: view.pausedAt !== null,
    canRotate: verified && !dead,
    canPause: view.status !== "revoked" && (verified || view.pausedAt === null),
    canRevoke: view.status !== "revoked",
    olderEndsAt: view.secrets.find(({ living, endsAt }) => living && endsAt !== null)?.endsAt ?? null,
  };
}
