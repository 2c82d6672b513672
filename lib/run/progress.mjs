/** @typedef {(text: string) => void} Say */

/**
 * Does some work and, only when it takes longer than a second, says so and how long it took.
 * @template T
 * @param {Say} say
 * @param {string} text what is being done, for people
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(say, text, work) {
  const startedMs = Date.now();
  let told = false;
  const timer = setTimeout(() => {
    told = true;
    say(`  ${text} ...`);
  }, 1_000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    const seconds = (Date.now() - startedMs) / 1_000;
    if (told) say(`  ${text}: ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`);
  }
}
