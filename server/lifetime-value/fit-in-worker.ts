import { Worker } from "node:worker_threads";
import type {
  LifetimeValueInput,
  LifetimeValueResult,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";

const MAX_MINUTES = 30;

/** `computeLifetimeValues` on a thread of its own, which ends with it. Rejects when `signal` aborts, or after half an hour. */
export async function fitInWorker(
  input: LifetimeValueInput,
  signal: AbortSignal,
): Promise<LifetimeValueResult | null> {
  const worker = startWorker();
  const ending = AbortSignal.any([signal, AbortSignal.timeout(MAX_MINUTES * 60_000)]);
  try {
    return await new Promise<LifetimeValueResult | null>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`the thread that fits ended with ${code}`)));
      ending.addEventListener("abort", () => reject(new Error("the fit was ended before it was done")), {
        once: true,
      });
      if (ending.aborted) reject(new Error("the fit was ended before it began"));
      else worker.postMessage(input);
    });
  } finally {
    await worker.terminate();
  }
}

/** The same file is TypeScript in the source, which a thread reads by way of tsx, and JavaScript in `dist`. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./fit-worker.js", import.meta.url));
  const script = new URL("./fit-worker.ts", import.meta.url).href;
  const [url, parent] = [JSON.stringify(script), JSON.stringify(import.meta.url)];
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${url}, ${parent}))`, {
    eval: true,
  });
}
