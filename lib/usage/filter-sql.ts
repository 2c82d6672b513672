import { type CallFilters, outcomesOf } from "@/lib/usage/parse-filters";

/** Numbers the values of one statement as they are added. */
export class SqlValues {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/**
 * Conditions on key, model and outcome, which `usage_rollups` and `usage.calls` name alike; starts with AND unless
 * it is empty. `alias` is the table's in the statement.
 */
export function filterSql(filters: CallFilters, values: SqlValues, alias: string): string {
  let sql = "";
  if (filters.keyId) sql += ` AND ${alias}.key_id = ${values.add(filters.keyId)}`;
  if (filters.modelId) sql += ` AND ${alias}.model_id = ${values.add(filters.modelId)}`;
  if (filters.status) sql += ` AND ${alias}.outcome = ANY(${values.add(outcomesOf(filters.status))}::text[])`;
  return sql;
}
