#!/usr/bin/env node
/**
 * Prisma's schema engine as WebAssembly, spoken to like the native one (JSON-RPC, one message a line), for machines
 * that reach only a package registry. The Prisma CLI starts it when PRISMA_SCHEMA_ENGINE_BINARY names this file.
 * https://github.com/prisma/prisma-engines/tree/main/schema-engine
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

const INTERNAL_CHAR_OID = 18;
const BPCHAR_OID = 1042;
/** Sent on the dying connections of a dropped shadow database. */
const CONNECTION_KILLED = "57P01";

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);

if (args.includes("--version")) {
  console.log(`schema-engine-wasm ${require("@prisma/engines-version").enginesVersion}`);
  process.exit(0);
}
// `cli can-connect-to-database` and `cli create-database`: the engine itself reports a database that is not there.
if (args.includes("cli")) process.exit(0);

function valuesOf(flag) {
  return args.filter((_, at) => args[at - 1] === flag);
}

/** A connection string taken apart: with a whole one the shadow database would silently be the main one. */
function connectionOf(url) {
  const parsed = new URL(url);
  const sslMode = parsed.searchParams.get("sslmode");
  return {
    host: decodeURIComponent(parsed.hostname) || "127.0.0.1",
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || "postgres",
    ssl: sslMode && sslMode !== "disable" ? { rejectUnauthorized: sslMode === "verify-full" } : undefined,
    // One session, so that the engine's advisory lock and what it guards are in the same one.
    max: 1,
  };
}

/** Adds what the driver adapter lacks for migrations: whole scripts and the internal "char" type. */
function complete(adapter) {
  const client = adapter.underlyingDriver();
  client.on("error", (error) => {
    if (error.code !== CONNECTION_KILLED) console.error(error.message);
  });
  // The adapter splits scripts at every semicolon, also inside function bodies. Postgres itself knows better.
  adapter.executeScript = async (script) => {
    try {
      await client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  const queryRaw = adapter.queryRaw;
  adapter.queryRaw = async (query) => {
    const charColumns = [];
    const passing = Object.create(adapter, {
      performIO: {
        value: async (input) => {
          const result = await adapter.performIO(input);
          result.fields.forEach((field, at) => {
            if (field.dataTypeID !== INTERNAL_CHAR_OID) return;
            field.dataTypeID = BPCHAR_OID;
            charColumns.push(at);
          });
          return result;
        },
      },
    });
    const answer = await queryRaw.call(passing, query);
    for (const at of charColumns) answer.columnTypes[at] = ColumnTypeEnum.Character;
    return answer;
  };
  return adapter;
}

class MigrationAdapter extends PrismaPg {
  #config;

  constructor(config) {
    super(config);
    this.#config = config;
  }

  async connect() {
    return complete(await super.connect());
  }

  async connectToShadowDb() {
    const main = await this.connect();
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    await main.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = complete(await new PrismaPg({ ...this.#config, database: name }).connect());
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await main.dispose();
    };
    return shadow;
  }
}

/** `diff` brings its own schema, which names the preview features in use; an empty list would make the engine panic. */
function datamodelsOf(params) {
  const given = valuesOf("--datamodels").map((path) => [path, readFileSync(path, "utf8")]);
  if (given.length > 0) return given;
  const side = [params?.to, params?.from].find((target) => target?.tag === "schemaDatamodel");
  return side?.files.map((file) => [file.path, file.content]);
}

async function loadWasm() {
  const bytes = readFileSync(
    require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm"),
  );
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      panic = message;
    },
  };
}

let loaded;

async function startEngine(params) {
  loaded ??= loadWasm();
  await loaded;
  const [source] = valuesOf("--datasource");
  const { url } = source ? JSON.parse(source) : {};
  const adapter = new MigrationAdapter(connectionOf(url ?? "postgresql://127.0.0.1:5432/postgres"));
  return engine.SchemaEngine.new(
    { datamodels: datamodelsOf(params) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

let nextPrintId = 1;
let panic = "";
let current;

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function refuse(id, error) {
  const message = error?.message ?? String(error);
  const data = { message, error_code: error?.code ?? null, is_panic: false, meta: error?.meta ?? null };
  send({ id, error: { code: 4466, message, data } });
}

/**
 * What `migrate dev` would write, by way of `diff`: the engine's own `createMigration` forgets the preview feature
 * `partialIndexes` and drops and creates every partial index again, each time (prisma/orm issue 29263).
 */
async function differenceOf({ migrationsList, schema, filters }) {
  const from = { tag: "migrations", ...migrationsList };
  const to = { tag: "schemaDatamodel", ...schema };
  const other = await startEngine({ to });
  const { exitCode, stdout } = await other.diff({ from, to, script: true, exitCode: true, filters });
  return exitCode === 0 ? null : stdout;
}

/** The WebAssembly build makes a shadow database here, and elsewhere only finds what this one left in its cache. */
function warm(engineInUse, { migrationsList, filters }) {
  return engineInUse.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: true });
}

const corrected = {
  async evaluateDataLoss(engineInUse, params) {
    const difference = await differenceOf(params);
    if (difference === null) return { migrationSteps: 0, unexecutableSteps: [], warnings: [] };
    await warm(engineInUse, params);
    const found = await engineInUse.evaluateDataLoss(params);
    const addsUnique = difference.includes("CREATE UNIQUE INDEX");
    const warnings = found.warnings.filter(
      (warning) => addsUnique || !warning.message.includes("unique constraint"),
    );
    return { ...found, warnings };
  },
  async createMigration(engineInUse, params) {
    await warm(engineInUse, params);
    const created = await engineInUse.createMigration(params);
    const difference = await differenceOf(params);
    const nothing = params.draft ? "-- This is an empty migration." : null;
    return { ...created, migrationScript: difference ?? nothing };
  },
};

async function answer({ id, method, params }) {
  current = id;
  try {
    const engineInUse = await startEngine(params);
    const result = (await (corrected[method]?.(engineInUse, params) ?? engineInUse[method](params))) ?? {};
    if (result.stdout) send({ id: nextPrintId++, method: "print", params: { content: result.stdout } });
    send({ id, result });
  } catch (error) {
    refuse(id, error);
  }
  current = undefined;
}

// A panic inside the WebAssembly surfaces here, not in the call that caused it.
process.on("uncaughtException", (error) => {
  const message = panic ? `The schema engine panicked: ${panic}` : (error?.stack ?? String(error));
  if (current !== undefined) refuse(current, new Error(message));
  else console.error(message);
  process.exitCode = 1;
});

let queue = Promise.resolve();
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const message = JSON.parse(line);
  if (message.method) queue = queue.then(() => answer(message));
}
await queue;
process.exit();
