import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Location } from "../../../domain/location.ts";
import { formatShortFigure } from "../format/figure.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import { useSize } from "../ui/use-size.ts";
import { heatStep, heatValue, type HeatMeasure } from "./heat-scale.ts";
import { stepTo } from "./step-to.ts";
import type { HeatView } from "./use-heat-grid.ts";

type HeatTableProps = {
  view: HeatView;
  measure: HeatMeasure;
  locations: readonly Location[];
  /** Where a line's name leads. */
  linkOf: (lineId: string) => string;
  onPick: (lineId: string, locationId: string) => void;
  label: string;
};

const ROW_PX = 38;
const HEAD_PX = 44;
const COLUMN_PX = 88;
/** Where there is room, columns are as wide as they may be without looking lost. */
const WIDEST_COLUMN_PX = 140;

/** The cells on the screen and few more. Arrow keys walk them, Enter opens one; colour only repeats the number. */
export function HeatTable({ view, measure, locations, linkOf, onPick, label }: HeatTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ line: 0, column: 0 });
  /** The cell that gets the focus as soon as it is drawn. */
  const wanted = useRef<string | null>(null);
  const takeFocus = (place: string, cell: HTMLElement | null) => {
    if (cell === null || wanted.current !== place) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  };
  const [namePx] = useState(() => (matchMedia("(width < 720px)").matches ? 128 : 232));
  const [frame, { widthPx }] = useSize();
  const roomPx = Math.floor((widthPx - namePx) / Math.max(1, locations.length));
  const columnPx = Math.min(WIDEST_COLUMN_PX, Math.max(COLUMN_PX, roomPx));
  const { lines, grid, scale } = view;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    scrollPaddingStart: HEAD_PX,
    paddingStart: HEAD_PX,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: locations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnPx,
    overscan: 3,
    scrollPaddingStart: namePx,
    paddingStart: namePx,
  });

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const isOnCell = event.target instanceof HTMLElement && event.target.dataset["cell"] !== undefined;
    if (!isOnCell && event.target !== event.currentTarget) return;
    const line = lines[active.line];
    const location = locations[active.column];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (line !== undefined && location !== undefined) onPick(line.id, location.locationId);
      return;
    }
    if (event.metaKey || event.altKey) return;
    const next = stepTo(active, event, { lines: lines.length, columns: locations.length });
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    wanted.current = `${next.line} ${next.column}`;
    // The cell that had the focus may be gone before the next one is drawn: keys are heard meanwhile.
    event.currentTarget.focus({ preventScroll: true });
    rows.scrollToIndex(next.line);
    columns.scrollToIndex(next.column);
  }

  useEffect(() => columns.measure(), [columns, columnPx]);
  const shown = columns.getVirtualItems();
  const focusLine = Math.min(active.line, lines.length - 1);
  return (
    <div className="heat-frame" ref={frame}>
      <div className="heat-scroller" ref={scroller}>
        <div
          className="heat-grid"
          role="grid"
          aria-label={label}
          aria-rowcount={lines.length + 1}
          aria-colcount={locations.length + 1}
          tabIndex={-1}
          style={{ width: columns.getTotalSize(), height: rows.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          <div className="heat-head" role="row" aria-rowindex={1} style={{ height: HEAD_PX }}>
            <div className="heat-name" role="columnheader" style={{ width: namePx }}>
              <span className="visually-hidden">{t("Line")}</span>
            </div>
            {shown.map(({ index, start }) => {
              const location = locations[index];
              return location === undefined ? null : (
                <div
                  key={location.locationId}
                  className="heat-place"
                  role="columnheader"
                  aria-colindex={index + 2}
                  style={{ transform: `translateX(${start}px)`, width: columnPx }}
                >
                  <Link to={`/locations/${location.locationId}`} className="quiet-link" title={location.name}>
                    {location.name}
                  </Link>
                </div>
              );
            })}
          </div>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line === undefined ? null : (
              <div
                key={line.id}
                className="heat-row"
                role="row"
                aria-rowindex={item.index + 2}
                style={{ transform: `translateY(${item.start}px)`, height: ROW_PX }}
              >
                <div className="heat-name" role="rowheader" style={{ width: namePx }}>
                  <Link to={linkOf(line.id)} className="quiet-link" title={line.name}>
                    {line.name}
                  </Link>
                </div>
                {shown.map(({ index, start }) => {
                  const location = locations[index];
                  if (location === undefined) return null;
                  const sums = grid.at(line.id, location.locationId);
                  const value = sums === null ? null : heatValue(sums, measure);
                  return (
                    <HeatCell
                      key={location.locationId}
                      place={`${item.index} ${index}`}
                      column={index}
                      takeFocus={takeFocus}
                      leftPx={start}
                      widthPx={columnPx}
                      isFocusable={item.index === focusLine && index === active.column}
                      step={value === null ? -1 : heatStep(value, scale)}
                      text={
                        value === null
                          ? ""
                          : formatShortFigure(value, measure === "share" ? "share" : "units", null)
                      }
                      words={
                        sums === null
                          ? t("{{line}} at {{place}}: no record", { line: line.name, place: location.name })
                          : t("{{line}} at {{place}}: {{units}} available, {{share}} of {{rows}} in stock", {
                              line: line.name,
                              place: location.name,
                              units: formatWhole(sums.available),
                              share: formatShare(sums.promisable / sums.rows),
                              rows: formatWhole(sums.rows),
                            })
                      }
                      onOpen={() => {
                        setActive({ line: item.index, column: index });
                        onPick(line.id, location.locationId);
                      }}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

type HeatCellProps = {
  place: string;
  column: number;
  takeFocus: (place: string, cell: HTMLElement | null) => void;
  leftPx: number;
  widthPx: number;
  isFocusable: boolean;
  step: number;
  text: string;
  words: string;
  onOpen: () => void;
};

/** Drawn anew only when what it shows changes; a step of -1 is a cell without a record. */
const HeatCell = memo(
  function HeatCell({
    takeFocus,
    place,
    column,
    leftPx,
    widthPx,
    isFocusable,
    step,
    text,
    words,
    onOpen,
  }: HeatCellProps) {
    const look = step < 0 ? "heat-none" : step === 0 ? "heat-zero" : `heat-${step}`;
    return (
      <div
        role="gridcell"
        aria-colindex={column + 2}
        aria-label={words}
        title={words}
        data-cell={place}
        ref={(cell) => takeFocus(place, cell)}
        tabIndex={isFocusable ? 0 : -1}
        className="heat-slot"
        style={{ transform: `translateX(${leftPx}px)`, width: widthPx }}
        onClick={onOpen}
      >
        <span className={`heat-value numeric ${look}`}>{text}</span>
      </div>
    );
  },
  (before, after) =>
    before.place === after.place &&
    before.leftPx === after.leftPx &&
    before.widthPx === after.widthPx &&
    before.isFocusable === after.isFocusable &&
    before.step === after.step &&
    before.words === after.words &&
    before.text === after.text,
);
