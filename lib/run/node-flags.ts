/**
 * Flags of Node for a process of the product. The gateway makes much that lives as long as a call: with V8's small
 * nursery most of it would be copied twice before it dies, at an eighth of the gateway's processor time.
 */
export const NODE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  gateway: ["--min-semi-space-size=64", "--max-semi-space-size=64"],
};
