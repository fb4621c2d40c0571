import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";

/** Reads per second of each reader, oldest first. */
export type RateHistory = ReadonlyMap<string, readonly number[]>;

/** Two minutes, at one sample every 2 s. */
export const MOST_SAMPLES = 60;

export const readerKey = (reader: { locationId: string; readerId: string }): string =>
  `${reader.locationId}/${reader.readerId}`;

/** The history with one more sample of each reader; readers that are gone are forgotten. */
export function addSamples(history: RateHistory, readers: readonly ReaderWithHealth[]): RateHistory {
  return new Map(
    readers.map((reader) => {
      const key = readerKey(reader);
      const samples = [...(history.get(key) ?? []), reader.health?.readsPerSecond ?? 0];
      return [key, samples.slice(-MOST_SAMPLES)];
    }),
  );
}
