import { createServer } from "node:net";
import { freePort } from "@/lib/run/free-port.mjs";

/** Whether something else listens on a port already, on any of the given hosts. */
function inUse(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EADDRINUSE"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}

/**
 * The ports of this start: those that are set (0 takes any that is free), checked before anything is started.
 * Throws an Error that names the variable that moves a port in use.
 */
export async function choosePorts(
  wanted: { PORT: number; GATEWAY_PORT: number },
  host: string,
): Promise<{ PORT: number; GATEWAY_PORT: number }> {
  const chosen = { ...wanted };
  for (const name of ["PORT", "GATEWAY_PORT"] as const) {
    if (chosen[name] === 0) chosen[name] = await freePort();
    else if (await inUse(chosen[name], host)) {
      const what = name === "PORT" ? "the dashboard" : "the gateway";
      throw new Error(
        `Port ${chosen[name]} is in use by another program, and ${what} needs it: set ${name} to a free one, for example ${name}=${chosen[name] + 10} npm start.`,
      );
    }
  }
  return chosen;
}
