/** A model's id, cut at its end where it must be. What stands before its first slash is quieter, and gone on phones. */
export function ModelName({ id }: { id: string }) {
  const slash = id.indexOf("/") + 1;
  return (
    <span title={id} className="num block truncate">
      {slash > 0 ? <span className="text-ink-3 max-sm:hidden">{id.slice(0, slash)}</span> : null}
      {id.slice(slash)}
    </span>
  );
}
