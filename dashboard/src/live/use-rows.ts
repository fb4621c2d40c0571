import { useMemo, useSyncExternalStore } from "react";
import { useLive } from "./live-context.tsx";
import type { RowStore, StockRow } from "./row-store.ts";

/** All rows of one product, the most available first when the page opened; drawn anew only when one of them changes. */
export function useProductRows(gtin: string): readonly StockRow[] {
  return useRows("gtin", gtin);
}

/** All rows of one location; drawn anew only when one of them changes. */
export function useLocationRows(locationId: string): readonly StockRow[] {
  return useRows("locationId", locationId);
}

function useRows(field: "gtin" | "locationId", value: string): readonly StockRow[] {
  const { rows } = useLive().stock;
  const membership = useSyncExternalStore(rows.subscribe, () => rows.versions().membership);
  const watch = useMemo(
    () => watchRows(rows, field, value),
    // oxlint-disable-next-line react/exhaustive-deps -- membership says when rows outside React came or went
    [rows, field, value, membership],
  );
  return useSyncExternalStore(watch.subscribe, watch.read);
}

/** Some rows as one value, which stays the same object until one of them changes. */
export function watchRows(rows: RowStore, field: "gtin" | "locationId", value: string) {
  const keys: string[] = [];
  const found: StockRow[] = [];
  for (const { row } of rows.allCells()) if (row[field] === value) found.push(row);
  found.sort((a, b) => b.available - a.available);
  for (const row of found) keys.push(row.key);
  let last: readonly StockRow[] = found;
  return {
    subscribe(listener: () => void): () => void {
      const stops = keys.map((key) => rows.subscribeRow(key, listener));
      return () => stops.forEach((stop) => stop());
    },
    read(): readonly StockRow[] {
      if (keys.every((key, index) => rows.getRow(key) === last[index])) return last;
      last = keys.flatMap((key) => rows.getRow(key) ?? []);
      return last;
    },
  };
}
