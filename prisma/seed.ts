import type { Ctx } from "@/lib/actor";
import { seedPacks } from "@/lib/billing/seed-packs";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { closeDb, db } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";

const CONNECTION = "sandbox";
/** The address of the stand-in, which moves when its port is taken. Any other was set by an operator. */
const OWN_ADDRESS = /^http:\/\/127\.0\.0\.1:\d+\/echo\/v1$/;

/** What was put in once, so that what an operator removed or switched off stays so. */
interface Seeded {
  connectionId: string;
  /** We switched the connection off when the stand-in went, and may switch it on again. */
  switchedOff: boolean;
}

const ctx: Ctx = { actor: { kind: "system", job: "seed" }, workspaceId: "", requestId: newId("req") };

async function readSeeded(): Promise<Seeded | null> {
  const row = await db().setting.findUnique({ where: { name: "seeded" } });
  return (row?.value as Seeded | undefined) ?? null;
}

async function writeSeeded(value: Seeded): Promise<void> {
  await db().setting.upsert({
    where: { name: "seeded" },
    create: { name: "seeded", value: { ...value } },
    update: { value: { ...value } },
  });
}

/** The priced model out of the box, served by the stand-in. */
async function addSandbox(url: string): Promise<void> {
  const { id } = await addConnection(ctx, {
    name: CONNECTION,
    kind: "openai-compatible",
    url,
    allowPrivate: true,
  });
  await writeSeeded({ connectionId: id, switchedOff: false });
  await addModel(ctx, {
    id: "sandbox/echo",
    displayName: "Sandbox Echo",
    description: "Answers with what it is sent. For trying everything without a provider.",
    connection: CONNECTION,
    upstreamId: "echo",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    vision: true,
    structuredOutput: true,
  });
}

async function seedProvider(): Promise<void> {
  const { standIns, TOLLGATE_SANDBOX_URL } = env();
  const active = standIns.has("provider") && Boolean(TOLLGATE_SANDBOX_URL);
  const url = `${TOLLGATE_SANDBOX_URL}/echo/v1`;
  const seeded = await readSeeded();
  if (!seeded) {
    const taken = await db().connection.findUnique({ where: { name: CONNECTION } });
    if (active && !taken) await addSandbox(url);
    return;
  }
  const connection = await db().connection.findUnique({ where: { id: seeded.connectionId } });
  if (!connection || !OWN_ADDRESS.test(connection.baseUrl)) return;
  const enabled = active ? connection.enabled || seeded.switchedOff : false;
  const baseUrl = active ? url : connection.baseUrl;
  if (connection.enabled !== enabled || connection.baseUrl !== baseUrl) {
    await db().$transaction(async (tx) => {
      await tx.connection.update({ where: { id: connection.id }, data: { enabled, baseUrl } });
      await announceCatalog(tx);
    });
  }
  await writeSeeded({ ...seeded, switchedOff: !active && (connection.enabled || seeded.switchedOff) });
}

try {
  await seedPacks();
  await seedProvider();
} finally {
  await closeDb();
}
