import type { Edit, Fault } from "@/lib/doctor/types";

/** The pasted text with every fault that has a right value put right; null where nothing would change. */
export function correctText(text: string, faults: readonly Fault[]): string | null {
  const edits: Edit[] = [];
  for (const edit of faults.flatMap((fault) => fault.edits)) {
    if (!edits.some((taken) => edit.start < taken.end && taken.start < edit.end)) edits.push(edit);
  }
  edits.sort((a, b) => b.start - a.start);
  let corrected = text;
  for (const { start, end, text: right } of edits) {
    corrected = corrected.slice(0, start) + right + corrected.slice(end);
  }
  return corrected === text ? null : corrected;
}
