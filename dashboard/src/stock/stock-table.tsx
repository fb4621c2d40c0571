import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StockContentProps } from "./stock-content.tsx";
import { StockHead } from "./stock-head.tsx";
import { StockRowLine } from "./stock-row-line.tsx";
import { usePassing } from "./use-passing.ts";
import "./stock-table.css";

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: 12,
  PageUp: -12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The rows on the screen and few more; a hundred thousand others exist as numbers only. */
export function StockTable(props: StockContentProps) {
  const { view, filter, words, locationNames, openKey, onOpen, onChange } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [rowHeightPx] = useState(() => (matchMedia("(pointer: coarse)").matches ? 60 : 44));
  const isPassing = usePassing(scroller);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: view.cells.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: isPassing ? 0 : 8,
  });
  const focusable = Math.min(active, view.cells.length - 1);

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
  }, [filter]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (!(event.target instanceof HTMLElement) || event.target.dataset["rowKey"] === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(event.target.dataset["rowKey"]);
      return;
    }
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(view.cells.length - 1, Number(event.target.dataset["index"]) + step));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true });
    });
  }

  return (
    <div className="stock-table" ref={scroller}>
      <div
        className="stock-grid"
        role="grid"
        aria-label={t("Stock by product and location")}
        aria-rowcount={view.cells.length + 1}
        onKeyDown={onKeyDown}
      >
        <StockHead filter={filter} onChange={onChange} />
        <div className="stock-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const key = view.cells[item.index]?.key;
            return key === undefined ? null : (
              <StockRowLine
                key={key}
                rowKey={key}
                index={item.index}
                topPx={item.start}
                isPassing={isPassing}
                isOpen={key === openKey}
                isFocusable={item.index === focusable}
                words={words}
                locationNames={locationNames}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
