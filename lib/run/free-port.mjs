import { createServer } from "node:net";

/**
 * A port of loopback that is free at this moment: any, or the given one. Rejects when that is in use.
 * @param {number} [wanted]
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} port */
export function portIsFree(port) {
  return freePort(port).then(
    () => true,
    () => false,
  );
}
