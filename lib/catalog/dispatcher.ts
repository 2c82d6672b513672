import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Pool } from "undici";
import { mayConnect } from "@/lib/catalog/public-address";
import type { CatalogConnection } from "@/lib/catalog/types";

/** The address of an upstream is not one that its connection may reach. */
export class BlockedAddress extends Error {
  override readonly name = "BlockedAddress";
}

type Callback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** Resolves a name and refuses it if any of its addresses is out of bounds, at the moment of connecting. */
function guardedLookup(allowPrivate: boolean): LookupFunction {
  return ((hostname: string, options: LookupOptions, callback: Callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const blocked = addresses.find(({ address }) => !mayConnect(address, allowPrivate));
      const [first] = addresses;
      if (blocked || !first) return callback(new BlockedAddress(`${hostname} is not a public address`), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  }) as LookupFunction;
}

/** The only way out: a pool to one origin that checks every address and follows no redirects. */
export function openPool(connection: Pick<CatalogConnection, "baseUrl" | "allowPrivate">): Pool {
  const { origin, hostname } = new URL(connection.baseUrl);
  const literal = hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(literal) !== 0 && !mayConnect(literal, connection.allowPrivate)) {
    throw new BlockedAddress(`${literal} is not a public address`);
  }
  return new Pool(origin, {
    connections: null,
    pipelining: 1,
    keepAliveTimeout: 15_000,
    // Deadlines are the caller's: first byte and idle, per connection.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 65_536,
    connect: { timeout: 10_000, lookup: guardedLookup(connection.allowPrivate) },
  });
}

/** One pool per connection as it is configured; a changed one gets a new pool. */
export class Dispatchers {
  private readonly pools = new Map<string, Pool>();
  private readonly known = new WeakMap<CatalogConnection, Pool>();

  /** Throws BlockedAddress where the URL itself names a forbidden address. */
  for(connection: CatalogConnection): Pool {
    const known = this.known.get(connection);
    if (known) return known;
    const name = poolName(connection);
    let pool = this.pools.get(name);
    if (!pool) {
      pool = openPool(connection);
      this.pools.set(name, pool);
    }
    this.known.set(connection, pool);
    return pool;
  }

  /** Closes pools of connections that are no longer used; calls in flight end first. */
  keepOnly(connections: Iterable<CatalogConnection>): void {
    const wanted = new Set<string>();
    for (const connection of connections) wanted.add(poolName(connection));
    for (const [name, pool] of this.pools) {
      if (wanted.has(name)) continue;
      this.pools.delete(name);
      pool.close().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}

function poolName(connection: CatalogConnection): string {
  return `${connection.id} ${connection.baseUrl} ${connection.allowPrivate}`;
}
