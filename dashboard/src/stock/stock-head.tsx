import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { STOCK_COLUMNS } from "./stock-columns.ts";
import type { SortColumn, StockFilter } from "./stock-filter.ts";

type StockHeadProps = { filter: StockFilter; onChange: (changes: Partial<StockFilter>) => void };

export function StockHead({ filter, onChange }: StockHeadProps) {
  const { t } = useTranslation();
  // Numbers and times are first asked for from the top, words from A.
  const sortBy = (sort: SortColumn, isNumber: boolean) =>
    onChange({ sort, isDescending: filter.sort === sort ? !filter.isDescending : isNumber });
  const direction = filter.isDescending ? "descending" : "ascending";
  return (
    <div className="stock-head" role="row" aria-rowindex={1}>
      {STOCK_COLUMNS.map(({ id, label, sort, isNumber, title }) => (
        <div
          key={id}
          role="columnheader"
          className={`stock-head-cell col-${id} ${isNumber ? "number" : ""} ${sort === null ? "plain" : ""}`}
          aria-sort={sort === filter.sort ? direction : undefined}
          title={title(t)}
        >
          {sort === null ? (
            label(t)
          ) : (
            <button type="button" className="sort-button" onClick={() => sortBy(sort, isNumber)}>
              {label(t)}
              {sort === filter.sort ? <Icon name={filter.isDescending ? "down" : "up"} size={12} /> : null}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
