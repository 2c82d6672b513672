import { defineConfig } from "prisma/config";

/** The CLI is given this file with --config; migrations run as the owner of the schema. */
export default defineConfig({
  schema: "schema",
  migrations: { path: "migrations" },
  datasource: {
    url: process.env.DATABASE_ADMIN_URL || process.env.DATABASE_URL || "postgresql://127.0.0.1:5432/tollgate",
    shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL || undefined,
  },
});
