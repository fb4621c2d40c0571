import { useTranslation } from "react-i18next";
import { formatWhole } from "../format/number.ts";
import type { StockRow } from "../live/row-store.ts";
import { sumRows } from "./sum-rows.ts";
import { Age } from "../ui/age.tsx";
import { Figure, Figures } from "../ui/figure.tsx";

/** Sums of the product, or of the location, over the rows that this person may see, live. */
export function RowFigures({ rows, isKnown }: { rows: readonly StockRow[]; isKnown: boolean }) {
  const { t } = useTranslation();
  const totals = sumRows(rows.map((row) => ({ key: row.key, row })));
  const show = (value: number) => (isKnown ? formatWhole(value) : "–");
  const withheld = rows.reduce((sum, row) => sum + row.safetyStock + row.allocated, 0);
  const incoming = rows.reduce(
    (sum, row) => sum + row.incoming.reduce((units, { quantity }) => units + quantity, 0),
    0,
  );
  return (
    <Figures label={t("Sums")}>
      <Figure label={t("Available")} unit={t("units")} title={t("What may be promised, over all rows here.")}>
        {show(totals.available)}
      </Figure>
      <Figure label={t("On hand")} unit={t("units")} title={t("Physically there, in any state.")}>
        {show(totals.onHand)}
      </Figure>
      <Figure label={t("Reserved")} unit={t("units")} title={t("Held, confirmed or picked for somebody.")}>
        {show(totals.reserved)}
      </Figure>
      <Figure
        label={t("Withheld")}
        unit={t("units")}
        title={t("Safety stock, and what is allocated to other channels.")}
      >
        {show(withheld)}
      </Figure>
      <Figure
        label={t("To come")}
        unit={t("units")}
        title={t("Announced deliveries and transfers on their way.")}
      >
        {show(incoming)}
      </Figure>
      <Figure
        label={t("Out of stock")}
        unit={t("of {{rows}} rows", { rows: formatWhole(rows.length) })}
        title={t("Products at a location with nothing there.")}
      >
        {show(totals.outOfStock)}
      </Figure>
      <Figure
        label={t("Age of truth, median")}
        title={t("Median time since the last physical evidence, over the rows that have any.")}
      >
        {totals.medianSeenAtMs === null ? "–" : <Age atMs={totals.medianSeenAtMs} />}
      </Figure>
    </Figures>
  );
}
