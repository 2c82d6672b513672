import type { Server } from "node:http";
import { env } from "@/lib/env";

/** Stand-ins never face a network: while any is in use, every listener is for this machine only. */
export function listenHost(): string {
  return env().standIns.size > 0 ? "127.0.0.1" : "0.0.0.0";
}

/**
 * Listens, or throws an Error that names the variable that moves the port.
 * @param variable the setting that says which port
 */
export async function listen(server: Server, port: number, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(
        inUse
          ? new Error(`Port ${port} is in use by another program: set ${variable} to a free one.`)
          : error,
      );
    });
    server.listen({ port, host: listenHost() }, () => resolve());
  });
}

/** Lets what was begun finish, closes what is idle, and cuts what is left when the deadline has passed. */
export async function drain(server: Server, deadlineMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
  // A connection that falls idle during the drain is closed too, or keep-alive clients would hold it open.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
  clearInterval(sweep);
}
