/** What clients that name their providers call this one. */
export const PROVIDER_ID = "tollgate";
export const PROVIDER_NAME = "Tollgate";

/** The variable from which such clients read the key. Zed derives this very name from the provider's id. */
export const KEY_VARIABLE = "TOLLGATE_API_KEY";
