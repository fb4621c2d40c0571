import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { resolve } from "node:path";

const main = resolve(import.meta.dirname, "../../dist/onhand/main.js");

export type OnhandProcess = {
  child: ChildProcess;
  /** What the process said on stderr so far: its structured log. */
  log(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
};

export type StartedSystem = OnhandProcess & {
  url: string;
  loginUrl: string;
  mqttPort: number | null;
  token: string;
  /** MQTT user and password of its own programs: they may publish for every location. */
  internal: { username: string; password: string };
};

/** Runs the built `onhand` as a process of its own, with this environment and no other settings. */
export function runOnhand(args: readonly string[], env: Record<string, string>): OnhandProcess {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-200_000);
  });
  const exited = once(child, "exit");
  return {
    child,
    log: () => log,
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

/** Starts everything in one process on free ports and waits until it says where it answers. */
export async function startSystem(
  dataDirectory: string,
  options: { args?: readonly string[]; env?: Record<string, string> } = {},
): Promise<StartedSystem> {
  const running = runOnhand(["start", "--json", ...(options.args ?? [])], {
    ONHAND_DATA_DIR: dataDirectory,
    HTTP_LISTEN: "127.0.0.1:0",
    MQTT_LISTEN: "127.0.0.1:0",
    INGEST_HTTP_LISTEN: "127.0.0.1:0",
    // The machine that runs the tests may be short of disk; the guard has a test of its own.
    INGEST_MIN_FREE_DISK_PERCENT: "0",
    ...options.env,
  });
  const line = await firstLine(running);
  const said = JSON.parse(line) as Omit<StartedSystem, keyof OnhandProcess>;
  return { ...running, ...said };
}

/** The first line on stdout; rejects with the log when the process ends before it. */
export async function firstLine(running: OnhandProcess): Promise<string> {
  const { stdout } = running.child;
  if (stdout === null) throw new Error("no stdout");
  const lines = createInterface({ input: stdout });
  const [line] = (await Promise.race([
    once(lines, "line"),
    once(running.child, "exit").then(([code]) => {
      throw new Error(`onhand ended with ${code} before it was ready:\n${running.log()}`);
    }),
  ])) as [string];
  return line;
}
