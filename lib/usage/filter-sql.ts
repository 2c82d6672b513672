import { type CallFilters, outcomesOf } from "@/lib/usage/parse-filters";

/** Numbers the values of one statement as they are added. */
export class SqlValues {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/**
 * What `usage.calls` and the sums over them name alike: key, model, outcome, client and dialect. Starts with AND
 * unless it is empty. `alias` is the table's in the statement.
 */
function dimensionsSql(filters: CallFilters, values: SqlValues, alias: string): string {
  let sql = "";
  if (filters.keyId) sql += ` AND ${alias}.key_id = ${values.add(filters.keyId)}`;
  if (filters.modelId) sql += ` AND ${alias}.model_id = ${values.add(filters.modelId)}`;
  if (filters.client) sql += ` AND ${alias}.client = ${values.add(filters.client)}`;
  if (filters.dialect) sql += ` AND ${alias}.dialect = ${values.add(filters.dialect)}`;
  if (filters.status) sql += ` AND ${alias}.outcome = ANY(${values.add(outcomesOf(filters.status))}::text[])`;
  return sql;
}

/** Conditions on rows of `usage.calls`; the request id is the caller's matter. */
export function callFilterSql(filters: CallFilters, values: SqlValues, alias: string): string {
  let sql = dimensionsSql(filters, values, alias);
  if (filters.minCostNano)
    sql += ` AND ${alias}.cost_nano >= ${values.add(filters.minCostNano.toString())}::bigint`;
  if (filters.minTotalMs) sql += ` AND ${alias}.total_ms >= ${values.add(filters.minTotalMs)}::int`;
  return sql;
}

/**
 * Conditions on rows of `usage_rollups` and `usage_days`. Cost and duration only rule out rows that cannot hold such
 * a call; what is left is to be looked for in the calls themselves, and no sum over it means anything.
 */
export function sumFilterSql(filters: CallFilters, values: SqlValues, alias: string): string {
  let sql = dimensionsSql(filters, values, alias);
  if (filters.minCostNano)
    sql += ` AND ${alias}.max_cost_nano >= ${values.add(filters.minCostNano.toString())}::bigint`;
  if (filters.minTotalMs) sql += ` AND ${alias}.max_total_ms >= ${values.add(filters.minTotalMs)}::int`;
  return sql;
}

/** Whether sums know these filters, or only the calls do. */
export function isSummable(filters: CallFilters): boolean {
  return !filters.minCostNano && !filters.minTotalMs && !filters.requestId;
}
