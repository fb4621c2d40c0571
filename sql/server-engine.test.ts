import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { openServerEngine } from "./server-engine.ts";

const hanging = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const isFirst = Buffer.concat(chunks).includes("system.databases");
    if (isFirst) response.end('{"known":1}\n');
    else response.writeHead(200, { "content-type": "text/plain" }).flushHeaders();
  });
});
afterAll(() => {
  hanging.closeAllConnections();
  hanging.close();
});

it("gives up at the time limit on a server that began to answer and hangs, whatever the statement", async () => {
  hanging.listen(0, "127.0.0.1");
  await once(hanging, "listening");
  const { port } = hanging.address() as AddressInfo;
  const engine = await openServerEngine({
    url: `http://127.0.0.1:${port}`,
    user: "default",
    password: "",
    database: "onhand",
  });
  const settings = { log_comment: "test", max_execution_time: 1, max_result_rows: "0" };
  const statement = () => ({ sql: "SELECT 1", params: {}, settings, signal: AbortSignal.timeout(200) });
  const readAll = async () => {
    for await (const _ of engine.stream(statement()));
  };
  await expect(engine.query(statement())).rejects.toThrow(/timeout/);
  await expect(engine.command(statement())).rejects.toThrow(/timeout/);
  await expect(
    engine.insert({
      sql: "INSERT INTO t FORMAT TabSeparated",
      body: "1\n",
      signal: AbortSignal.timeout(200),
    }),
  ).rejects.toThrow(/timeout/);
  await expect(readAll()).rejects.toThrow(/closed|timeout/);
  await engine.close();
});
