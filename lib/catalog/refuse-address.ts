import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isOurselves } from "@/lib/catalog/is-ourselves";
import { mayConnect } from "@/lib/catalog/public-address";
import { AppError } from "@/lib/errors";

/**
 * Refuses an upstream's address that leads back here, or to a network that the connection may not reach. A name that
 * does not resolve yet is accepted: every connect checks again. Throws invalid_input at the field `url`.
 */
export async function refuseAddress(url: string, allowPrivate: boolean): Promise<void> {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(host)
    ? [host]
    : await lookup(host, { all: true }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      );
  if (isOurselves(url, addresses)) throw new AppError("invalid_input", "connectionToSelf", { field: "url" });
  const blocked = addresses.find((address) => !mayConnect(address, allowPrivate));
  if (!blocked) return;
  const message = mayConnect(blocked, true) ? "privateAddress" : "forbiddenAddress";
  throw new AppError("invalid_input", message, { field: "url", values: { address: blocked } });
}
