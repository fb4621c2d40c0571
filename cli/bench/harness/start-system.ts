import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

export type SystemSubject = {
  httpPort: number;
  mqttPort: number;
  /** With its data safe, as a service manager would. */
  stop(): Promise<void>;
  /** At once, as a power cut of the process: SIGKILL. */
  kill(): Promise<void>;
};

/** A million keys are read again at a start, and the machine may be busy. */
const READY_WITHIN_MS = 240_000;

/** `onhand start` itself, everything in one process, on free loopback ports (or those of an earlier one) and a folder. */
export async function startSystem(
  dataDirectory: string,
  options: { ports?: { httpPort: number; mqttPort: number }; logLevel?: "warn" | "error" } = {},
): Promise<SystemSubject> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const main = fileURLToPath(new URL(`../../main.${extension}`, import.meta.url));
  const { httpPort, mqttPort } = options.ports ?? { httpPort: await freePort(), mqttPort: await freePort() };
  const child = spawn(process.execPath, [...process.execArgv, main, "start"], {
    env: {
      ...process.env,
      CLICKHOUSE_URL: "",
      MQTT_URL: "",
      ONHAND_DATA_DIR: dataDirectory,
      HTTP_LISTEN: `127.0.0.1:${httpPort}`,
      MQTT_LISTEN: `127.0.0.1:${mqttPort}`,
      LOG_LEVEL: options.logLevel ?? "warn",
    },
    // What it prints for people, a sign-in link among it, is nobody's business here.
    stdio: ["ignore", "ignore", 2],
  });
  // It must not outlive the benchmark.
  const endWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  const stop = (): Promise<void> => end("SIGTERM");
  const untilMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < untilMs) {
    if (child.exitCode !== null) throw new Error(`onhand start ended with exit code ${child.exitCode}`);
    const isReady = await fetch(`http://127.0.0.1:${httpPort}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return { httpPort, mqttPort, stop, kill: () => end("SIGKILL") };
    await sleep(50);
  }
  await stop();
  throw new Error(`onhand start was not ready within ${READY_WITHIN_MS / 1000} s`);
}
