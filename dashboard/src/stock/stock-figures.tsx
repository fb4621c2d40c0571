import { useTranslation } from "react-i18next";
import { formatCompact } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import type { StockTotals } from "./sum-rows.ts";

/** Sums over the rows shown. Before the first snapshot they are not known, which is not 0. */
export function StockFigures({ totals, isKnown }: { totals: StockTotals; isKnown: boolean }) {
  const { t } = useTranslation();
  const show = (value: number) => (isKnown ? formatCompact(value) : "–");
  return (
    <Figures label={t("Sums of the rows shown")}>
      <Figure
        label={t("Available")}
        unit={t("units")}
        title={t(
          "Σ available: what may be promised. Per row: sellable − reserved − safety stock − allocated, never below 0.",
        )}
      >
        {show(totals.available)}
      </Figure>
      <Figure
        label={t("On hand")}
        unit={t("units")}
        title={t("Σ movements: units physically there, in any state.")}
      >
        {show(totals.onHand)}
      </Figure>
      <Figure
        label={t("Reserved")}
        unit={t("units")}
        title={t("Σ live reservations: held, confirmed or picked.")}
      >
        {show(totals.reserved)}
      </Figure>
      <Figure
        label={t("Out of stock")}
        unit={
          isKnown && totals.rows > 0 ? t("of {{rows}} rows", { rows: formatCompact(totals.rows) }) : t("rows")
        }
        title={t("Products at a location with nothing there.")}
      >
        {show(totals.outOfStock)}
      </Figure>
      <Figure
        label={t("Age of truth, median")}
        title={t("Median time since the last physical evidence, over the rows shown that have any.")}
      >
        {totals.medianSeenAtMs === null ? "–" : <Age atMs={totals.medianSeenAtMs} />}
      </Figure>
    </Figures>
  );
}
