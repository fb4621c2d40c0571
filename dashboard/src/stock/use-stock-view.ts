import { useMemo } from "react";
import { useLive } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import type { RowCell } from "../live/row-store.ts";
import { useThrottled } from "../live/use-throttled.ts";
import { dependsOnNumbers, orderByProduct, selectRows } from "./select-rows.ts";
import type { StockFilter } from "./stock-filter.ts";
import { type StockTotals, sumRows } from "./sum-rows.ts";

export type StockView = { cells: readonly RowCell[]; totals: StockTotals };

/** Rows that jump while one reads them help nobody: an order by numbers is made anew at most this often. */
const REORDER_MS = 2000;
const TOTALS_MS = 500;

/** The rows to show and their sums. Numbers of single rows are not this hook's business: each row follows its own. */
export function useStockView(filter: StockFilter, words: ProductWords): StockView {
  const { rows } = useLive().stock;
  const membership = useThrottled(rows.subscribe, () => rows.versions().membership, TOTALS_MS);
  const revision = useThrottled(rows.subscribe, () => rows.versions().revision, TOTALS_MS);
  const order = useThrottled(rows.subscribe, () => rows.versions().revision, REORDER_MS);
  const orderTick = dependsOnNumbers(filter) ? order : 0;

  // The ticks in the dependencies say when the rows outside React have changed.
  // oxlint-disable-next-line react/exhaustive-deps -- see above
  const ordered = useMemo(() => orderByProduct(rows.allCells(), words), [rows, words, membership]);
  // oxlint-disable-next-line react/exhaustive-deps -- see above
  const cells = useMemo(() => selectRows(ordered, filter, words), [ordered, filter, words, orderTick]);
  // oxlint-disable-next-line react/exhaustive-deps -- see above
  const totals = useMemo(() => sumRows(cells), [cells, revision]);
  return useMemo(() => ({ cells, totals }), [cells, totals]);
}
