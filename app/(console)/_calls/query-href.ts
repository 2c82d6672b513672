/** A page's query with one value a name: what its links are built from. */
export type PageQuery = Readonly<Record<string, string>>;

/** The first value of each given name, blanks left out. */
export function pickQuery(
  input: Record<string, string | string[] | undefined>,
  names: readonly string[],
): PageQuery {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = input[name];
    const first = (Array.isArray(value) ? value[0] : value)?.trim();
    if (first) picked[name] = first;
  }
  return picked;
}

/** A path with the query changed: null takes a value away. */
export function queryHref(
  path: string,
  query: PageQuery,
  changes: Record<string, string | null> = {},
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) if (value) params.set(name, value);
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
