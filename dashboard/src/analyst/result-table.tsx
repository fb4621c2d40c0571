import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import "./result-table.css";

export type TableColumn = {
  name: string;
  /** Below the name: its type, or its unit. */
  note: string;
  /** What it means, where somebody wrote it down. */
  meaning?: string;
  isNumber: boolean;
};

type ResultTableProps = {
  label: string;
  columns: readonly TableColumn[];
  rowCount: number;
  /** A cell as it is read; null for nothing. */
  cellText: (row: number, column: number) => string | null;
};

const ROW_HEIGHT_PX = 32;
const MEASURED_ROWS = 200;
const LEAST_LETTERS = 6;
const MOST_LETTERS = 44;

/** Rows and columns of any question, as they came. Those on the screen and few more; thousands of others are not drawn. */
export function ResultTable({ label, columns, rowCount, cellText }: ResultTableProps) {
  const scroller = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 12,
  });
  const tracks = useMemo(() => columnTracks(columns, rowCount, cellText), [columns, rowCount, cellText]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <section className="result-table" ref={scroller} aria-label={label} tabIndex={0}>
      <div role="table" aria-label={label} aria-rowcount={rowCount + 1} className="result-grid">
        <div role="row" aria-rowindex={1} className="result-head" style={{ gridTemplateColumns: tracks }}>
          {columns.map((column, index) => (
            <div
              // oxlint-disable-next-line react/no-array-index-key -- names of columns may repeat
              key={index}
              role="columnheader"
              className={column.isNumber ? "number" : undefined}
              title={column.meaning}
            >
              <span className="result-name">{column.name}</span>
              <span className="result-note">{column.note}</span>
            </div>
          ))}
        </div>
        <div role="rowgroup" className="result-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              className="result-row"
              data-testid="result-row"
              style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
            >
              {columns.map((column, at) => {
                const text = cellText(index, at);
                return (
                  <div
                    // oxlint-disable-next-line react/no-array-index-key -- names of columns may repeat
                    key={at}
                    role="cell"
                    className={column.isNumber ? "number numeric" : undefined}
                    title={text ?? undefined}
                  >
                    {text === null ? <span className="result-null">–</span> : text}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

/** As wide as the first rows need, within bounds; the last takes what is left. */
function columnTracks(
  columns: readonly TableColumn[],
  rowCount: number,
  cellText: ResultTableProps["cellText"],
): string {
  const widths = columns.map(({ name, note }, column) => {
    let letters = Math.max(LEAST_LETTERS, name.length, note.length * 0.85);
    for (let row = 0; row < Math.min(rowCount, MEASURED_ROWS); row += 1) {
      letters = Math.max(letters, cellText(row, column)?.length ?? 0);
    }
    return `calc(${Math.min(letters, MOST_LETTERS).toFixed(1)}ch + 26px)`;
  });
  return `${widths.join(" ")} minmax(0, 1fr)`;
}
