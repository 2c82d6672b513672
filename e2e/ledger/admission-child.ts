import { fixedCall } from "@/e2e/ledger/world";
import { closeDb } from "@/lib/db";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";

/** Another process on the same wallet: reserves each amount given, all at once, and prints which were admitted. */
const [workspaceId = "", keyId = "", instanceId = "", amounts = ""] = process.argv.slice(2);
const world = { workspaceId, keyId, instanceId };
const results = await Promise.all(
  amounts.split(",").map(async (amount) => {
    const result = await reserve(fixedCall(world, BigInt(amount)));
    return result.admitted ? result.amountNano.toString() : null;
  }),
);
process.stdout.write(JSON.stringify(results.filter(Boolean)));
await closeHotPool();
await closeDb();
