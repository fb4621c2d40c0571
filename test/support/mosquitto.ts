import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isListening } from "../../cli/bench/harness/free-port.ts";

export { freePort } from "../../cli/bench/harness/free-port.ts";

export type Mosquitto = {
  port: number;
  url: string;
  folder: string;
  /** Stops the broker; what it holds for sessions is kept in its folder. `kill` gives it no time to save. */
  stop(how?: "kill"): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
  log(): string;
};

/**
 * Starts a real Mosquitto on a free loopback port with a folder of its own.
 *
 * @param config lines of mosquitto.conf after `listener`; by default anonymous, persistent, without queue limits.
 *   `{folder}` and `{port}` stand for its own.
 * @param isVerbose logs every packet, which slows it down
 * @param files written into the folder first, by name
 */
export async function startMosquitto(
  options: { config?: string; files?: Record<string, string>; port?: number; isVerbose?: boolean } = {},
): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), "onhand-mosquitto-"));
  const port = options.port ?? (await freePort());
  const config =
    options.config ??
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\npersistence true\n`;
  for (const [name, text] of Object.entries(options.files ?? {})) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
  }
  const lines = config.replaceAll("{folder}", folder).replaceAll("{port}", String(port));
  // Run by root it would change to a user that may not read the folder.
  await writeFile(join(folder, "test.conf"), `user root\npersistence_location ${folder}/\n${lines}`);
  let child: ChildProcess | null = null;
  let output = "";

  const start = async (): Promise<void> => {
    const started = spawn("/usr/sbin/mosquitto", [
      "-c",
      join(folder, "test.conf"),
      ...(options.isVerbose === true ? ["-v"] : []),
    ]);
    child = started;
    const collect = (data: Buffer): void => {
      output = (output + data.toString()).slice(-100_000);
    };
    started.stdout.on("data", collect);
    started.stderr.on("data", collect);
    const exited = once(started, "exit").then(() => {
      throw new Error(`mosquitto ended:\n${output}`);
    });
    exited.catch(() => {});
    if (!(await Promise.race([isListening(port, 10_000), exited]))) {
      throw new Error(`mosquitto does not listen on port ${port}:\n${output}`);
    }
  };
  const stop = async (how?: "kill"): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const exited = once(running, "exit");
    running.kill(how === "kill" ? "SIGKILL" : "SIGTERM");
    await exited;
  };
  await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    folder,
    start,
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
    log: () => output,
  };
}
