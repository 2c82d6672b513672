/** The orders that a list of keys can be put into. */
export const KEY_ORDERS = ["newest", "name", "used", "spent", "limit", "expires"] as const;
export type KeyOrder = (typeof KEY_ORDERS)[number];

/** What a key may need a look for: a budget nearly used up, an end soon, a secret that the workspace counts as old, no use. */
export const KEY_NEEDS = ["limit", "expiring", "old", "unused"] as const;
export type KeyNeed = (typeof KEY_NEEDS)[number];

/** A budget is near its end from this share of it on, what is held included. */
export const NEAR_LIMIT_SHARE = 0.8;
/** A key expires soon within this many days. */
export const EXPIRING_DAYS = 7;
/** A key that nobody has used for this many days is unused. */
export const UNUSED_DAYS = 30;
