import { formatWhole } from "../format/number.ts";
import type { StockRow } from "../live/row-store.ts";

/** From what is there to what may be promised, line by line. */
export function StockSum({ row }: { row: StockRow }) {
  const notSellable = row.onHand - row.sellable;
  const left = row.sellable - row.reserved - row.safetyStock - row.allocated;
  return (
    <dl className="numeric">
      <Line label="On hand" value={row.onHand} />
      <Line label="Not sellable (inspect, damaged, display)" value={-notSellable} />
      <Line label="Sellable" value={row.sellable} look="total" />
      <Line label="Reserved" value={-row.reserved} />
      <Line label="Safety stock" value={-row.safetyStock} />
      <Line label="Allocated to other channels" value={-row.allocated} />
      <Line label="Available" value={row.available} look="total" />
      {left < 0 ? (
        <p className="sum-line aside">{formatWhole(left)} by the sum, promised as 0: never below.</p>
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
