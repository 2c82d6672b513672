/** What a gateway in Node could be at best: `node:http` in front of an undici `Pool`, which passes everything on. */
import { createServer } from "node:http";
import { Pool } from "undici";

const pool = new Pool(process.argv[2], { connections: null, pipelining: 1 });
const PER_HOP = new Set(["connection", "keep-alive", "transfer-encoding"]);

const server = createServer({ noDelay: true, keepAlive: true }, async (req, res) => {
  try {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    const { host: _, connection: __, ...headers } = req.headers;
    const answer = await pool.request({
      method: "POST",
      path: req.url,
      headers,
      body: Buffer.concat(chunks),
    });
    const kept = Object.entries(answer.headers).filter(([name]) => !PER_HOP.has(name));
    res.writeHead(answer.statusCode, Object.fromEntries(kept));
    res.end(Buffer.from(await answer.body.arrayBuffer()));
  } catch {
    if (!res.headersSent) res.writeHead(502);
    res.end();
  }
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.on("disconnect", () => process.exit(0));
