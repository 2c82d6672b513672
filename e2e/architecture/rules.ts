import type { Import, Source } from "@/e2e/architecture/read-sources";

/** Who may import what. Each rule says which file breaks it and how to mend that. */
export interface ImportRule {
  name: string;
  fix: string;
  breaks: (source: Source, imported: Import) => boolean;
}

const inside = (path: string | undefined, ...folders: string[]) =>
  folders.some((folder) => path === folder || path?.startsWith(`${folder}/`));

const isPackage = (imported: Import, ...names: string[]) =>
  names.some((name) => imported.specifier === name || imported.specifier.startsWith(`${name}/`));

const WITHOUT_NEXT = ["lib/gateway", "lib/ledger", "lib/keys", "lib/usage", "lib/catalog"];
const PROCESSES_ONLY = ["lib/run", "lib/cli", "lib/jobs"];

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    name: "lib never imports app or components",
    fix: "move what both need into lib, or pass it in",
    breaks: ({ path }, { file }) => inside(path, "lib") && inside(file, "app", "components"),
  },
  {
    name: "only tests import e2e",
    fix: "move what the product needs into lib",
    breaks: ({ path, isTest }, { file }) =>
      !isTest && inside(path, "app", "components", "lib") && inside(file, "e2e"),
  },
  {
    name: "components never import app",
    fix: "pass it as a property, or move the component to the page's _parts",
    breaks: ({ path }, { file }) => inside(path, "components") && inside(file, "app"),
  },
  {
    name: "pages never import the processes' own code",
    fix: "move what pages need out of lib/run, lib/cli and lib/jobs: the dashboard is not built anew when these change",
    breaks: ({ path, isTest }, { file }) =>
      !isTest && inside(path, "app", "components") && inside(file, ...PROCESSES_ONLY),
  },
  {
    name: "the database is used in lib only",
    fix: "call a verb or a read in lib/<noun>",
    breaks: ({ path, isTest }, imported) =>
      !isTest &&
      inside(path, "app", "components") &&
      (isPackage(imported, "pg", "@prisma/client", "@prisma/adapter-pg") ||
        inside(imported.file, "lib/db.ts", "prisma")),
  },
  {
    name: "stripe is used in lib/billing and lib/sandbox only",
    fix: "call a verb of lib/billing",
    breaks: ({ path }, imported) =>
      isPackage(imported, "stripe") && !inside(path, "lib/billing", "lib/sandbox", "e2e"),
  },
  {
    name: "next-auth is used in lib/auth and its route only",
    fix: "use lib/auth/session.ts",
    breaks: ({ path }, imported) =>
      isPackage(imported, "next-auth") && !inside(path, "lib/auth", "app/api/auth"),
  },
  {
    name: "the data plane and what it stands on know nothing of Next",
    fix: "take what is needed as a plain value",
    breaks: ({ path }, imported) => isPackage(imported, "next") && inside(path, ...WITHOUT_NEXT),
  },
  {
    name: "stand-ins are loaded by the sandbox process only",
    fix: "ask env().standIns, and leave the stand-in itself to lib/run/sandbox.ts",
    breaks: ({ path, isTest }, { file, typeOnly }) =>
      !isTest &&
      !typeOnly &&
      inside(file, "lib/sandbox/stripe", "lib/sandbox/echo") &&
      !inside(path, "lib/sandbox", "lib/run/sandbox.ts", "e2e"),
  },
];

/** Shared ways to name what a thing is not; a reader learns nothing from them. */
export const BANNED_NAMES = /^(utils?|helpers?|common|shared|misc)(\.|$)/;

/** What may lie at the root, besides what git ignores. */
export const ROOT_ENTRIES = new Set([
  ...["app", "components", "lib", "prisma", "public", "e2e"],
  ...["package.json", "package-lock.json", "tsconfig.json", "next.config.ts", "README.md", "LICENSE"],
  // What tools insist on.
  ...["proxy.ts", "instrumentation.ts", "vitest.config.ts", "biome.json", "Dockerfile", "compose.yaml"],
  ...[".gitignore", ".dockerignore", ".npmrc", ".env.example", ".ci", ".github", ".git"],
]);
