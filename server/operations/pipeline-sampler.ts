import type { Registry } from "prom-client";
import { PIPELINE_FIGURES, type Pipeline, type PipelineFigure } from "../../domain/api/pipeline.ts";

const EVERY_MS = 10_000;
/** Half an hour. */
const MOST_SAMPLES = 180;

type Sample = { atMs: number; values: Map<string, number> };

export type PipelineSampler = ReturnType<typeof createPipelineSampler>;

/** Remembers how the pipeline's metrics of this process went, so that a page has a past to show when it is opened. */
export function createPipelineSampler(deps: { registry: Registry; nowMs(): number }) {
  const names = Object.keys(PIPELINE_FIGURES) as PipelineFigure[];
  const samples: Sample[] = [];
  let timer: NodeJS.Timeout | undefined;

  /** The sum over all labels; null for a metric of another process. */
  async function read(metric: string): Promise<number | null> {
    const found = await deps.registry.getSingleMetric(metric)?.get();
    if (found === undefined) return null;
    return found.values.reduce((sum, { value }) => sum + value, 0);
  }

  async function sample(): Promise<void> {
    const taken: Sample = { atMs: deps.nowMs(), values: new Map() };
    for (const { metric } of Object.values(PIPELINE_FIGURES)) {
      const value = await read(metric);
      if (value !== null) taken.values.set(metric, value);
    }
    samples.push(taken);
    if (samples.length > MOST_SAMPLES) samples.shift();
  }

  function valueAt(figure: PipelineFigure, index: number): number | null {
    const { metric, kind } = PIPELINE_FIGURES[figure];
    const value = samples[index]?.values.get(metric) ?? null;
    if (value === null || kind !== "rate") return value;
    const before = samples[index - 1];
    const valueBefore = before?.values.get(metric) ?? null;
    const seconds = ((samples[index]?.atMs ?? 0) - (before?.atMs ?? 0)) / 1000;
    return before === undefined || valueBefore === null || seconds <= 0
      ? null
      : (value - valueBefore) / seconds;
  }

  return {
    everySeconds: EVERY_MS / 1000,
    sample,
    history: (): Pick<Pipeline, "sampledAt" | "figures"> => ({
      sampledAt: samples.map(({ atMs }) => new Date(atMs).toISOString()),
      figures: names
        .filter((figure) => samples.at(-1)?.values.has(PIPELINE_FIGURES[figure].metric) === true)
        .map((figure) => {
          const values = samples.map((_, index) => valueAt(figure, index));
          return Object.assign({ figure, values }, PIPELINE_FIGURES[figure]);
        }),
    }),
    start(): void {
      timer = setInterval(() => void sample(), EVERY_MS);
      void sample();
    },
    stop: () => clearInterval(timer),
  };
}
