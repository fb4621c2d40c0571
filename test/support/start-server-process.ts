import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Starts `chdb-http-server.ts` as a process of its own and waits until it listens. */
export async function startServerProcess(
  path: string,
): Promise<{ url: string; stop: () => Promise<void>; kill: () => Promise<void> }> {
  const script = fileURLToPath(new URL("chdb-http-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, "--path", path, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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
  return { url, stop: async () => await end("SIGTERM"), kill: async () => await end("SIGKILL") };
}
