import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const script = resolve(import.meta.dirname, "../../dist/test-engine-server/chdb-http-server.js");

export type ServerProcess = {
  url: string;
  pid: number;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/**
 * Starts the built `chdb-http-server.ts` as a process of its own and waits until it listens; port 0 takes a free one. Its files
 * are where the engine in a process has them, so that it finds the tables of a `migratedDirectory`.
 */
export async function startServerProcess(dataDirectory: string, port = 0): Promise<ServerProcess> {
  const args = [script, "--path", join(dataDirectory, "clickhouse"), "--port", String(port)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    exited.then(() => {
      throw new Error("the ClickHouse test server ended before it listened");
    }),
  ])) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => await end("SIGTERM"),
    kill: async () => await end("SIGKILL"),
  };
}
