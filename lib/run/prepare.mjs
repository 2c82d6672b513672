/** `npm run build`: everything that a start would make first, for an image or before an upgrade. */
import { ensureBuilt } from "./build.mjs";
import { ensureDependencies } from "./install.mjs";

const say = (text) => console.log(text);

try {
  await ensureDependencies(say);
  await ensureBuilt(say, ["client", "bundles", "next"]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
