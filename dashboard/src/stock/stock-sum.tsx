import { useTranslation } from "react-i18next";
import { formatWhole } from "../format/number.ts";
import type { StockRow } from "../live/row-store.ts";

/** From what is there to what may be promised, line by line. */
export function StockSum({ row }: { row: StockRow }) {
  const { t } = useTranslation();
  const notSellable = row.onHand - row.sellable;
  const left = row.sellable - row.reserved - row.safetyStock - row.allocated;
  return (
    <dl className="numeric">
      <Line label={t("On hand")} value={row.onHand} />
      <Line label={t("Not sellable (inspect, damaged, display)")} value={-notSellable} />
      <Line label={t("Sellable")} value={row.sellable} look="total" />
      <Line label={t("Reserved")} value={-row.reserved} />
      <Line label={t("Safety stock")} value={-row.safetyStock} />
      <Line label={t("Allocated to other channels")} value={-row.allocated} />
      <Line label={t("Available")} value={row.available} look="total" />
      {left < 0 ? (
        <p className="sum-line aside">
          {t("{{units}} by the sum, promised as 0: never below.", { units: formatWhole(left) })}
        </p>
      ) : null}
    </dl>
  );
}

function Line({ label, value, look = "" }: { label: string; value: number; look?: string }) {
  return (
    <div className={`sum-line ${look}`}>
      <dt>{label}</dt>
      {/* No minus before a zero. */}
      <dd>{formatWhole(value === 0 ? 0 : value)}</dd>
    </div>
  );
}
