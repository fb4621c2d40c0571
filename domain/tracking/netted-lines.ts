import type { StockLine } from "./stock-change.ts";

/**
 * The lines of a count without those that another one takes back at once: a unit without identity that goes because its tag
 * was found, or one that is compensated. What is left is the difference, and names items where it can.
 */
export function nettedLines(lines: readonly StockLine[]): StockLine[] {
  const byCell = new Map<string, StockLine[]>();
  for (const line of lines) {
    const key = isDifference(line) ? `${line.row}/${line.state}` : "";
    const cell = byCell.get(key) ?? [];
    byCell.set(key, cell);
    cell.push({ ...line });
  }
  const rest = byCell.get("") ?? [];
  byCell.delete("");
  return [...rest, ...[...byCell.values()].flatMap(netted)];
}

function isDifference(line: StockLine): boolean {
  return line.reason === "counted" || line.reason === "reversed";
}

function netted(lines: StockLine[]): StockLine[] {
  const plus = lines.filter((line) => line.quantity > 0);
  const minus = lines.filter((line) => line.quantity < 0);
  const common = Math.min(total(plus), -total(minus));
  reduce(plus, common);
  reduce(minus, common);
  const left = lines.filter((line) => line.quantity !== 0);
  for (const line of left) line.reason = "counted";
  return left;
}

function total(lines: readonly StockLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** Takes units away, from compensations first and from named items last. */
function reduce(lines: readonly StockLine[], units: number): void {
  const rank = (line: StockLine) => (line.reason === "reversed" ? 0 : line.item === -1 ? 1 : 2);
  let left = units;
  for (const line of [...lines].sort((a, b) => rank(a) - rank(b))) {
    const taken = Math.min(left, Math.abs(line.quantity));
    line.quantity -= Math.sign(line.quantity) * taken;
    left -= taken;
  }
}
