import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import { pino } from "pino";
import { z } from "zod";
import {
  type LifetimeValueFit,
  lifetimeValueFitsSchema,
  lifetimeValueRunSchema,
} from "../../domain/api/lifetime-value.ts";
import { createLocalFitter } from "../../server/lifetime-value/create-lifetime-value.ts";
import { connectToSystem } from "../platform/connect-to-system.ts";

const ASK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 30_000;

/** `onhand refit`: predicts lifetime values anew, and says what with. */
export function registerRefit(program: Command): void {
  program
    .command("refit")
    .description("predict each customer's value of the next 12 months anew, as the server does each night")
    .option("--json", "print the fits as JSON")
    .action(async (options: { json?: boolean }) => {
      const system = await connectToSystem();
      try {
        const fits = system.mode === "remote" ? await fitThere(system) : await fitHere(system.db);
        process.stdout.write(options.json === true ? `${JSON.stringify(fits)}\n` : describe(fits));
      } finally {
        await system.close();
      }
    });
}

async function fitHere(db: Parameters<typeof createLocalFitter>[0]["db"]): Promise<LifetimeValueFit[]> {
  const logger = pino({ level: "silent" });
  const { fitter, store } = createLocalFitter({ db, logger, nowMs: Date.now });
  const run = fitter.begin("command line");
  await fitter.idle();
  if (run.failure !== null) throw new Error(`${run.failure} The last values stay.`);
  return (await store.fits(100)).filter(({ runId }) => runId === run.runId);
}

async function fitThere(system: { url: string; token: string }): Promise<LifetimeValueFit[]> {
  const path = "/v1/lifetime-value/fits";
  const { runId } = lifetimeValueRunSchema.parse(await ask(system, "POST", path));
  for (;;) {
    const { run, items } = lifetimeValueFitsSchema.parse(await ask(system, "GET", path));
    if (run?.runId !== runId)
      throw new Error("The system was started anew meanwhile. Ask again; the last values stay.");
    if (run.failure !== null) throw new Error(`${run.failure} The last values stay.`);
    if (run.status === "done") return items.filter((fit) => fit.runId === runId);
    await pause(ASK_EVERY_MS);
  }
}

async function ask(system: { url: string; token: string }, method: string, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, system.url), {
    method,
    headers: { authorization: `Bearer ${system.token}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const problem = z.object({ detail: z.string() }).safeParse(answer);
  throw new Error(problem.success ? problem.data.detail : `the system answered ${response.status}`);
}

function describe(fits: readonly LifetimeValueFit[]): string {
  if (fits.length === 0)
    return "Nobody has bought on two days: nothing can be predicted, and nothing was changed.\n";
  return fits
    .map(({ currency, measure, model, asOf, customers, repeaters, flags, total }) => {
      const interval = total.interval;
      const range =
        interval === null ? "" : ` (95 %: ${interval.lower.toFixed(0)} to ${interval.upper.toFixed(0)})`;
      const warnings = flags.length === 0 ? "" : `; ${flags.join(", ")}`;
      return `${currency} ${measure} to ${asOf}: ${customers} customers, ${repeaters} came back, ${model}; 12 months ${total.value.toFixed(0)}${range}${warnings}\n`;
    })
    .join("");
}
