import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const answerSchema = z.union([
  z.object({ id: z.number(), value: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
]);
const cpuSchema = z.object({ user: z.number(), system: z.number() });

const START_TIMEOUT_MS = 120_000;
const REQUEST_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 30_000;

/** A process of its own, so that its CPU is its own. It answers requests over IPC (see `answer-requests.ts`). */
export type Child = {
  readonly pid: number;
  request<T>(name: string, params: unknown, answer: z.ZodType<T>): Promise<T>;
  /** CPU seconds of all its threads since it started. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
};

/** Starts `children/{name}` and waits until it answers. Its logs go to stderr. */
export async function startChild(
  name: string,
  options: { env?: Record<string, string>; execArgv?: readonly string[] } = {},
): Promise<Child> {
  // The same file is TypeScript in the source and JavaScript in `dist`.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const script = fileURLToPath(new URL(`../children/${name}.${extension}`, import.meta.url));
  const child = fork(script, [], {
    env: { ...process.env, ...options.env },
    execArgv: [...process.execArgv, ...(options.execArgv ?? [])],
    serialization: "advanced",
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  child.on("message", (message) => {
    const answer = answerSchema.parse(message);
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiter === undefined) return;
    if ("error" in answer) waiter.reject(new Error(`${name}: ${answer.error}`));
    else waiter.resolve(answer.value);
  });
  child.on("exit", (code, signal) => {
    const reason = new Error(`The benchmark's process "${name}" ended (${signal ?? `exit code ${code}`}).`);
    for (const waiter of waiting.values()) waiter.reject(reason);
    waiting.clear();
  });

  const ask = async (request: string, params: unknown, timeoutMs: number): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        if (!child.connected) reject(new Error(`The benchmark's process "${name}" has ended.`));
        timer = setTimeout(
          () => reject(new Error(`"${name}" did not answer "${request}" within ${timeoutMs / 1000} s.`)),
          timeoutMs,
        );
        waiting.set(id, { resolve, reject });
        child.send({ id, request, params });
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  };
  await ask("hello", null, START_TIMEOUT_MS);
  return {
    pid: child.pid ?? 0,
    request: async (request, params, answer) => answer.parse(await ask(request, params, REQUEST_TIMEOUT_MS)),
    cpuSeconds: async () => {
      const { user, system } = cpuSchema.parse(await ask("cpu", null, REQUEST_TIMEOUT_MS));
      return (user + system) / 1e6;
    },
    stop: () => stopChild(child),
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  child.send({ id: 0, request: "stop", params: null });
  await exited;
  clearTimeout(timer);
}
