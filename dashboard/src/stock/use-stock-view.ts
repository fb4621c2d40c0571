import { useEffect, useMemo, useRef, useState } from "react";
import { useLive } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { dependsOnNumbers, type StockTotals, selectRows, sumRows } from "./select-rows.ts";
import type { StockFilter } from "./stock-filter.ts";

export type StockView = { keys: readonly string[]; totals: StockTotals };

/** Rows that jump while one reads them help nobody: an order by numbers is made anew at most this often. */
const REORDER_MS = 2000;
const TOTALS_MS = 400;

/** The rows to show and their sums. Numbers of single rows are not this hook's business: each row follows its own. */
export function useStockView(filter: StockFilter, words: ProductWords): StockView {
  const { rows } = useLive().stock;
  const [tick, setTick] = useState({ order: 0, totals: 0 });
  const isOrderLive = dependsOnNumbers(filter);
  const state = useRef({ membership: -1, orderedAtMs: 0 });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const { membership } = rows.versions();
      const isDue = isOrderLive && Date.now() - state.current.orderedAtMs >= REORDER_MS;
      const isReordered = membership !== state.current.membership || isDue;
      if (isReordered) state.current = { membership, orderedAtMs: Date.now() };
      setTick((last) => ({ order: last.order + (isReordered ? 1 : 0), totals: last.totals + 1 }));
    };
    const stop = rows.subscribe(() => {
      // A first snapshot is shown at once.
      timer ??= setTimeout(refresh, state.current.membership <= 0 ? 0 : TOTALS_MS);
    });
    timer = setTimeout(refresh, 0);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [rows, isOrderLive]);

  // oxlint-disable-next-line react/exhaustive-deps -- tick.order says when the rows outside React have changed
  const keys = useMemo(() => selectRows(rows.allRows(), filter, words), [rows, filter, words, tick.order]);
  // oxlint-disable-next-line react/exhaustive-deps -- tick.totals likewise
  const totals = useMemo(() => sumRows(keys, rows.getRow), [rows, keys, tick.totals]);
  return useMemo(() => ({ keys, totals }), [keys, totals]);
}
