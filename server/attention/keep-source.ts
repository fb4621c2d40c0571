import type { Logger } from "pino";
import type { Attention, AttentionSource } from "../../domain/api/attention.ts";
import { HttpProblem } from "../problems.ts";
import type { Finding } from "./finding.ts";

/** One place to look at. What it found is told for `freshMs` before it is asked again. */
export type Source = {
  source: AttentionSource;
  freshMs: number;
  find(): readonly Finding[] | Promise<readonly Finding[]>;
};

/**
 * Remembers what a source found, for all who ask. It is asked once at a time; one that fails keeps what it found before, with the time of
 * that and why it is no newer.
 */
export function keepSource({ source, freshMs, find }: Source, deps: { nowMs(): number; logger: Logger }) {
  let found: readonly Finding[] = [];
  let foundAtMs: number | null = null;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let problem: string | null = null;
  let running: Promise<void> | null = null;

  async function ask(): Promise<void> {
    askedAtMs = deps.nowMs();
    try {
      found = await find();
      foundAtMs = askedAtMs;
      problem = null;
    } catch (error) {
      if (!(error instanceof HttpProblem)) deps.logger.warn({ err: error, source }, "attention: not read");
      problem = error instanceof HttpProblem ? error.message : "It could not be read just now.";
    }
  }

  return {
    /** Resolves when what is kept is fresh, or could not be had; never rejects. */
    async refresh(): Promise<void> {
      if (running === null && deps.nowMs() - askedAtMs < freshMs) return;
      running ??= ask().finally(() => {
        running = null;
      });
      await running;
    },
    findings: () => found,
    state: (): Attention["sources"][number] => ({
      source,
      asOf: foundAtMs === null ? null : new Date(foundAtMs).toISOString(),
      problem,
    }),
  };
}
