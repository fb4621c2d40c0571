/** What was measured of one side, by repetition, and the middle one. */
export type Series = { unit: string; runs: number[]; median: number };

/**
 * One benchmark's answer. `ratio` is subject ÷ reference of the medians, both measured in turns in this run; null where the
 * aim is a plain number. `aim` says what is wanted in words and as a bound on `ratio` or on a named value of `details`.
 */
export type BenchmarkResult = {
  name: string;
  question: string;
  subject: Series;
  reference: Series | null;
  ratio: number | null;
  aim: string;
  isAimMet: boolean | null;
  /** What one repetition does, in numbers. */
  n: Record<string, number>;
  warmUp: string;
  repetitions: number;
  details: Record<string, number | number[] | string>;
};

export type BenchContext = {
  /** A folder of this run, on the disk that data would be on; removed at the end. */
  folder: string;
  repetitions: number;
  /** Progress for people, on stderr. */
  log(text: string): void;
};

export type Benchmark = {
  name: string;
  question: string;
  run(context: BenchContext): Promise<BenchmarkResult>;
};

/** A part that the measurement needs is not installed. The message says how to get it; a ratio is never left out. */
export class MissingPartError extends Error {
  override readonly name = "MissingPartError";
}
