import { createServer, type Socket } from "node:net";

export interface SmtpSink {
  url: string;
  received: string[];
  /** While true every mail is refused for now (451). */
  refusing: boolean;
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is given: just enough SMTP (RFC 5321) for a client's happy path. */
export async function openSmtpSink(): Promise<SmtpSink> {
  const sockets = new Set<Socket>();
  const sink: SmtpSink = { url: "", received: [], refusing: false, close };
  const server = createServer((socket) => {
    sockets.add(socket);
    let data: string | null = null;
    let rest = "";
    socket
      .setEncoding("utf8")
      .on("error", () => {})
      .write("220 sink\r\n");
    socket.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (data !== null && line !== ".") data += `${line}\n`;
        else if (data !== null) {
          sink.received.push(data);
          data = null;
          socket.write("250 kept\r\n");
        } else if (/^RCPT/i.test(line) && sink.refusing) socket.write("451 later\r\n");
        else if (/^DATA/i.test(line)) {
          data = "";
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sink has no port");
  sink.url = `smtp://127.0.0.1:${address.port}?ignoreTLS=true`;
  return sink;
}
