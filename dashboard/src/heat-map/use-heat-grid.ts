import { useMemo } from "react";
import type { Location } from "../../../domain/location.ts";
import { useLive } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { useThrottled } from "../live/use-throttled.ts";
import { type HeatGrid, sumHeat } from "./heat-grid.ts";
import { type HeatScale, heatScale, heatValue } from "./heat-scale.ts";
import type { HeatWish } from "./heat-wish.ts";

export type HeatView = { grid: HeatGrid; lines: readonly { id: string; name: string }[]; scale: HeatScale };

const PERIOD_MS = 1000;

/** The sums of all rows as wished for, made anew each second while rows change. Lines keep their places unless the order is by numbers. */
export function useHeatView(
  wish: HeatWish,
  words: ProductWords,
  locations: readonly Location[],
  nameless: string,
): HeatView {
  const { rows } = useLive().stock;
  const revision = useThrottled(rows.subscribe, () => rows.versions().revision, PERIOD_MS);
  const columns = useMemo(() => locations.map(({ locationId }) => locationId), [locations]);
  const grid = useMemo(
    () => sumHeat(rows.allCells(), columns, lineOf(wish, words)),
    // oxlint-disable-next-line react/exhaustive-deps -- revision says when rows outside React changed
    [rows, columns, wish, words, revision],
  );
  return useMemo(() => {
    const found = wish.search === "" ? null : words.matching(wish.search, grid.lineIds);
    const isShown = (id: string) =>
      wish.by === "product"
        ? found === null || found.has(id)
        : id.toLowerCase().includes(wish.search.toLowerCase());
    const lines = grid.lineIds.filter(isShown).map((id) => ({
      id,
      name: wish.by === "product" ? (words.get(id)?.name ?? id) : id === "" ? nameless : id,
      value: wish.order === "least" ? heatValue(grid.line(id), wish.measure) : 0,
    }));
    const collator = new Intl.Collator(undefined, { numeric: true });
    lines.sort((a, b) => a.value - b.value || collator.compare(a.name, b.name));
    const values =
      wish.measure === "units" && wish.by === "category"
        ? lines.flatMap(({ id }) => columns.map((column) => grid.at(id, column)?.available ?? 0))
        : [];
    return { grid, lines, scale: heatScale(wish.measure, wish.by === "product", values) };
  }, [grid, columns, words, wish, nameless]);
}

function lineOf(wish: HeatWish, words: ProductWords): (row: { gtin: string }) => string | null {
  const categoryOf = (gtin: string) => words.get(gtin)?.category ?? "";
  if (wish.by === "category") return ({ gtin }) => categoryOf(gtin);
  if (wish.category === "") return ({ gtin }) => gtin;
  return ({ gtin }) => (categoryOf(gtin) === wish.category ? gtin : null);
}
