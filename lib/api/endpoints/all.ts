import type { Endpoint } from "@/lib/api/endpoint";
import { KEY_ACTION_ENDPOINTS } from "@/lib/api/endpoints/key-actions";
import { KEY_ENDPOINTS } from "@/lib/api/endpoints/keys";
import { READ_ENDPOINTS } from "@/lib/api/endpoints/reads";

/** Every call of the management API, in the order in which its reference tells of them. */
export const ENDPOINTS: readonly Endpoint[] = [...KEY_ENDPOINTS, ...KEY_ACTION_ENDPOINTS, ...READ_ENDPOINTS];
