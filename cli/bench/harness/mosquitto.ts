import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MissingPartError } from "../benchmark.ts";
import { freePort, isListening } from "./free-port.ts";

export type Mosquitto = { url: string; port: number; stop(): Promise<void> };

/** Debian puts it where a user's PATH does not look. */
const PROGRAMS = [
  "mosquitto",
  "/usr/sbin/mosquitto",
  "/usr/local/sbin/mosquitto",
  "/opt/homebrew/sbin/mosquitto",
];

/**
 * A Mosquitto of its own on a free loopback port, with the queue limits of `deploy/mosquitto` and no disk: what it costs
 * is the same for subject and reference. Throws `MissingPartError` when Mosquitto is not installed.
 */
export async function startMosquitto(folder: string): Promise<Mosquitto> {
  const port = await freePort();
  const file = join(folder, `mosquitto-${port}.conf`);
  await writeFile(
    file,
    `listener ${port} 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
max_queued_bytes 0
max_inflight_messages 10000
set_tcp_nodelay true
log_type error
`,
    { mode: 0o644 },
  );
  for (const program of PROGRAMS) {
    const child = spawn(program, ["-c", file], { stdio: ["ignore", "ignore", 2] });
    const isStarted = await Promise.race([
      once(child, "spawn").then(() => true),
      once(child, "error").then(() => false),
    ]).catch(() => false);
    if (!isStarted) continue;
    if (!(await isListening(port, 10_000))) {
      child.kill("SIGKILL");
      throw new Error(`Mosquitto (${program}) did not listen within 10 s; its reason is above.`);
    }
    return {
      url: `mqtt://127.0.0.1:${port}`,
      port,
      stop: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, "exit");
        child.kill("SIGTERM");
        await exited;
      },
    };
  }
  throw new MissingPartError(
    "Mosquitto is not installed, so there is nothing to measure against. Install it (Debian, Ubuntu: apt-get install mosquitto; " +
      "macOS: brew install mosquitto) and run the benchmark again.",
  );
}
