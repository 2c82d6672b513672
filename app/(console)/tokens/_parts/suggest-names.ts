import { CLIENTS } from "@/lib/clients/catalogue";

/** A client of the catalogue, then what else a key is commonly for. */
const PLACES = ["Production", "Laptop", "Staging", "CI"];
const CLIENT_SHARE = 3;
const MOST = 5;

/** Names for a new key that none of these keys has yet. */
export function suggestNames(taken: readonly string[]): string[] {
  const used = new Set(taken.map((name) => name.trim().toLowerCase()));
  const free = (names: readonly string[]) => names.filter((name) => !used.has(name.toLowerCase()));
  const clients = free(CLIENTS.map(({ name }) => name)).slice(0, CLIENT_SHARE);
  return [...clients, ...free(PLACES)].slice(0, MOST);
}
