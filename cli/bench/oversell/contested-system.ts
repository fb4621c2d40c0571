import { join } from "node:path";
import { type RunningSystem, findRunningSystem } from "../../platform/data-directory.ts";
import { type SystemSubject, startSystem } from "../harness/start-system.ts";

/** The system whose stock is fought for. */
export type ContestedSystem = {
  readonly url: URL;
  /** An administrator's, until the next restart. */
  ownerToken(): string;
  /** Its data folder, to count in when it has stopped; null when it is somebody else's. */
  readonly dataDirectory: string | null;
  /** SIGKILL, and a new process on the same folder. Only of a system that this run started. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
};

/** One that runs already: it is never killed or stopped. */
export function useRunningSystem(running: { url: string; token: string }): ContestedSystem {
  return {
    url: new URL(running.url),
    ownerToken: () => running.token,
    dataDirectory: null,
    killAndRestart: async () => {
      throw new Error("A system that this run did not start is not killed.");
    },
    stop: async () => undefined,
  };
}

/** `onhand start` in a process of its own, on a folder of this run. */
export async function startOwnSystem(folder: string): Promise<ContestedSystem> {
  const dataDirectory = join(folder, "data");
  // That it cannot answer while it starts is what this is about, and no news.
  const logLevel = "error";
  let process = await startSystem(dataDirectory, { logLevel });
  let announced = announcement(dataDirectory);
  const { httpPort, mqttPort }: SystemSubject = process;
  return {
    url: new URL(`http://127.0.0.1:${httpPort}`),
    ownerToken: () => announced.token,
    dataDirectory,
    async killAndRestart() {
      await process.kill();
      process = await startSystem(dataDirectory, { logLevel, ports: { httpPort, mqttPort } });
      announced = announcement(dataDirectory);
    },
    stop: () => process.stop(),
  };
}

function announcement(dataDirectory: string): RunningSystem {
  const running = findRunningSystem(dataDirectory);
  if (running === null) throw new Error("The system that was started says nothing of itself.");
  return running;
}
