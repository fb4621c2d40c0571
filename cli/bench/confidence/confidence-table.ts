import type { Bin, Tally } from "./tally-answers.ts";

export type ChainTally = Tally & { chain: string; seeds: readonly number[] };

/** Markdown: for each chain how often what was stated was true, and what rules of promising come to. */
export function confidenceTable(tallies: readonly ChainTally[]): string {
  return tallies.map(textOf).join("\n");
}

function textOf({ chain, seeds, near95, bins, promises, policies, salesABufferRefuses }: ChainTally): string {
  const rows = [...bins, near95].map((bin) => [
    `${bin.from} to ${bin.to}`,
    String(bin.answers),
    bin.answers === 0 ? "–" : percent(bin.stated),
    bin.answers === 0 ? "–" : percent(bin.true),
  ]);
  const kept = policies.map((one) => [
    one.name,
    String(one.promised),
    `${one.broken} (${percent(one.broken / Math.max(1, one.promised))})`,
    String(one.refused),
    String(one.unitsPromised),
    `${one.unitsBroken} (${percent(one.unitsBroken / Math.max(1, one.unitsPromised))})`,
  ]);
  return [
    `${chain}, seeds ${seeds.join(", ")}`,
    "",
    table(["stated probability", "answers", "mean stated", "true"], rows),
    `"Available at 95 %": ${promises.promises} promises, ${percent(promises.stated)} stated, ${percent(promises.true)} true.`,
    "",
    table(["rule", "promised", "broken", "refused though there", "units promised", "units broken"], kept),
    `A buffer of 1 refuses ${salesABufferRefuses} sales that confidence allows and that could be kept.`,
    "",
  ].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(heads) + line(heads.map(() => "---")) + rows.map(line).join("");
}

function percent(share: Bin["true"]): string {
  return `${(100 * share).toFixed(2)} %`;
}
