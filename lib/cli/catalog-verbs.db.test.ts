import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeUpstream } from "@/e2e/fakes/upstream";
import { runCli } from "@/lib/cli/run-cli";
import { closeDb, pool } from "@/lib/db";

const upstream = new FakeUpstream();
beforeAll(() => upstream.start());
afterAll(async () => {
  await upstream.stop();
  await closeDb();
});

async function call(line: string, ...more: string[]) {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    read: async () => "sk-from-stdin-12345\n",
  };
  const code = await runCli([...line.split(" "), ...more], io);
  return { code, out, err };
}
/** What is told as JSON, of a command that must succeed. */
async function told(line: string, ...more: string[]) {
  const { code, out, err } = await call(line, ...more, "--json");
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

describe("the catalogue on the command line", () => {
  it("takes a connection of any kind, and tries it", async () => {
    const url = upstream.url.replace("/v1", "");
    await told(
      `connections add --name local --kind openai-compatible --url ${url} --key - --private-network`,
    );
    await told(
      `connections add --name azure --kind azure --url ${url}/openai/deployments/ok --api-version 2024-10-21 --private-network`,
    );
    await told(
      `connections add --name other --kind openai-compatible --url ${url} --dialects chat,responses --plain-timeout-ms 1000 --private-network --header`,
      "X-Team: blue",
    );
    const listed = await told("connections list");
    expect(listed.map((one: { name: string; url: string; dialects: string[] }) => one)).toMatchObject([
      { name: "azure", url: `${url}/openai/deployments/ok`, apiVersion: "2024-10-21" },
      { name: "local", url: `${url}/v1`, dialects: ["chat", "embeddings"], hasKey: true },
      { name: "other", dialects: ["chat", "responses"], hasHeaders: true },
    ]);
    expect((await call("connections list")).out).toContain("chat responses");
    const tried = await call("connections test --name azure --upstream-id status-401");
    expect(tried.code).toBe(1);
    expect(tried.out).toContain(
      "the key is refused: give another with connections update --key; 401: upstream says 401",
    );
    expect(upstream.seen.at(-1)?.path).toBe("/openai/deployments/ok/chat/completions?api-version=2024-10-21");
  });

  it("changes a connection, and sends no key to another host by itself", async () => {
    const at = (port: number) => `http://127.0.0.1:${port}/v1`;
    const secret = async () => {
      const { rows } = await pool().query("SELECT * FROM connections WHERE name = 'local'");
      return rows[0];
    };
    const before = await secret();
    const moved = await call(`connections update --name local --url ${at(9)}`);
    expect([moved.code, moved.err]).toEqual([1, expect.stringContaining("--key: Give it again")]);
    await told("connections update --name local --dialects chat --plain-timeout-ms 5000");
    expect(await secret()).toMatchObject({
      base_url: before.base_url,
      dialects: ["chat"],
      plain_timeout_ms: 5_000,
      key_cipher: before.key_cipher,
    });
    await told(`connections update --name local --url ${at(9)} --key sk-another-key-1 --disable`);
    const after = await secret();
    expect(after).toMatchObject({ base_url: at(9), enabled: false });
    expect(after.key_cipher.equals(before.key_cipher)).toBe(false);
    await told(`connections update --name local --url ${before.base_url} --key - --enable`);
    const refused = await call("connections update --name local --no-private-network");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("--url: ")]);
    expect((await call("connections update --name nowhere --enable")).code).toBe(1);
    const { rows } = await pool().query(
      "SELECT after FROM audit_rows WHERE action = 'connection.change' ORDER BY created_at DESC",
    );
    expect(JSON.stringify(rows)).not.toMatch(/sk-another|sk-from-stdin/);
  });

  it("publishes a model with a price for every bucket, and new ones later", async () => {
    const bucket = (name: string, usd: string) => [`--${name}-usd-per-million`, usd];
    await told(
      "models add --id big --connection local --upstream-id ok --context 200000 --max-output 64000 --vision --reasoning --structured-output --audio --strategy cheapest --priority 2 --weight 5 --request-usd 0.001",
      ...bucket("input", "3"),
      ...bucket("output", "15"),
      ...bucket("cached-input", "0.3"),
      ...bucket("cache-write-5m", "3.75"),
      ...bucket("cache-write-1h", "6"),
      ...bucket("reasoning", "16"),
      ...bucket("audio-input", "17"),
      ...bucket("audio-output", "18"),
      ...bucket("image-input", "19"),
      ...bucket("input-cost", "2.5"),
      "--display-name",
      "Big One",
    );
    const { rows } = await pool().query("SELECT * FROM prices WHERE model_id = 'big'");
    expect(rows[0]).toMatchObject({
      input_pico: 3_000_000n,
      output_pico: 15_000_000n,
      cached_input_pico: 300_000n,
      cache_write_5m_pico: 3_750_000n,
      cache_write_1h_pico: 6_000_000n,
      reasoning_pico: 16_000_000n,
      audio_input_pico: 17_000_000n,
      audio_output_pico: 18_000_000n,
      image_input_pico: 19_000_000n,
      request_pico: 1_000_000_000n,
    });
    const [big] = await told("models list");
    expect(big).toMatchObject({ id: "big", displayName: "Big One", inputUsdPerMillion: "3" });
    expect(big.can).toEqual(["tools", "vision", "reasoning", "structuredOutput", "audio"]);
    await told("models update --id big --no-vision --no-tools --max-output 1000");
    const [small] = await told("models list");
    expect([small.maxOutputTokens, small.can]).toEqual([1_000, ["reasoning", "structuredOutput", "audio"]]);
    const much = await call("models update --id big --max-output 300000");
    expect([much.code, much.err]).toEqual([1, expect.stringContaining("--max-output: ")]);
    await told("models update --id big --disable");
    expect(await told("models list")).toEqual([]);
    await told("models update --id big --enable --tools");
    expect((await call("models update --id nope --enable")).code).toBe(1);
    const set = await told("models price --id big --input-usd-per-million 4 --output-usd-per-million 20");
    expect(set.version).toBe(2);
    const later = await told(
      "models price --id big --input-usd-per-million 9 --output-usd-per-million 9 --from 2099-01-01T00:00:00Z",
    );
    expect(later.version).toBe(3);
    expect((await told("models list"))[0]).toMatchObject({
      inputUsdPerMillion: "4",
      outputUsdPerMillion: "20",
    });
  });

  it("serves it by more routes, and under an alias", async () => {
    const { id } = await told("routes add --model big --connection other --upstream-id ok --priority 1");
    expect((await told("routes list")).map((route: { connection: string }) => route.connection)).toEqual([
      "other",
      "local",
    ]);
    await told(
      `routes update --id ${id} --priority 5 --weight 3 --output-cost-usd-per-million 0.5 --disable`,
    );
    expect((await told("routes list"))[1]).toMatchObject({
      connection: "other",
      priority: 5,
      weight: 3,
      inputCostUsdPerMillion: "0",
      outputCostUsdPerMillion: "0.5",
      enabled: false,
    });
    await told(`routes update --id ${id} --priority 1 --enable`);
    expect((await call("routes update --id rou_no --enable")).err).toContain("no such route");
    const twice = await call("routes add --model big --connection other --upstream-id ok");
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining("--upstream-id: ")]);
    await told("aliases add --id auto --models big --strategy fastest");
    expect(await told("aliases list")).toMatchObject([{ id: "auto", strategy: "fastest", models: ["big"] }]);
    await told("models update --id auto --display-name Auto");
    const own = await call("models update --id auto --vision");
    expect([own.code, own.err]).toEqual([1, expect.stringContaining("--vision: This is an alias")]);
    const loop = await call("aliases add --id auto --models auto");
    expect([loop.code, loop.err]).toEqual([1, expect.stringContaining("--models: auto would lead back")]);
    expect((await told("models list")).map((model: { id: string }) => model.id)).toEqual(["auto", "big"]);
    // Embeddings stand in the list, and in no client's picker, however cheap they are.
    await told(
      "models add --id vectors --embeddings --connection local --upstream-id e --context 8000 --input-usd-per-million 0.01 --output-usd-per-million 0",
    );
    const setup = await call("setup print --client lobechat --key sk-tg-x");
    expect([setup.code, setup.out]).toEqual([0, expect.stringContaining("big")]);
    expect(setup.out).not.toContain("vectors");
    await told(`routes remove --id ${id}`);
    await told("aliases remove --id auto");
    for (const line of ["routes list", "aliases list", "models list", "connections list"])
      expect((await call(line)).code).toBe(0);
    const left = await told("models list");
    expect(left.map(({ id: name, kind }: { id: string; kind: string }) => [name, kind])).toEqual([
      ["big", "chat"],
      ["vectors", "embeddings"],
    ]);
  });
});
