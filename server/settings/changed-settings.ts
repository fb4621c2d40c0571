import { z } from "zod";

const valuesSchema = z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])).catch({});

/** What differs between two sets of settings; null stands for "not set". In the order of their names. */
export function changedSettings(before: unknown, after: unknown) {
  const from = valuesSchema.parse(before ?? {});
  const to = valuesSchema.parse(after ?? {});
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names
    .map((name) => ({ name, from: from[name] ?? null, to: to[name] ?? null }))
    .filter((change) => change.from !== change.to);
}
