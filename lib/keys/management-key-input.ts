import type { z } from "zod";
import { KeyName, LimitsInput } from "@/lib/keys/key-input";

/** At most this many management keys that are not revoked, per workspace. */
export const MAX_MANAGEMENT_KEYS = 10;

/** A management key makes no calls, so of all limits only its expiry and its addresses mean anything. */
export const NewManagementKey = LimitsInput.pick({ ipRanges: true, expiresAt: true }).extend({
  name: KeyName,
});
export type NewManagementKeyInput = z.input<typeof NewManagementKey>;
