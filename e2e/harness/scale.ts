/** How often to repeat: a tenth or so in `npm test`, the issues' full counts in `npm run soak`. */
export function scale(inTests: number, inSoak: number): number {
  return process.env.TOLLGATE_SCALE === "full" ? inSoak : inTests;
}
