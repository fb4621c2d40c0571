import { useTranslation } from "react-i18next";
import { formatShortFigure } from "../format/figure.ts";
import type { HeatMeasure, HeatScale } from "./heat-scale.ts";

/** What the colours mean, in numbers. */
export function HeatLegend({ scale, measure }: { scale: HeatScale; measure: HeatMeasure }) {
  const { t } = useTranslation();
  const write = (value: number) => formatShortFigure(value, measure === "share" ? "share" : "units", null);
  const steps = [...new Set([0, ...scale])];
  return (
    <ul className="heat-legend numeric" aria-label={t("What the colours mean")}>
      <li>
        <span className="heat-swatch heat-zero" aria-hidden="true" />
        {t("none")}
      </li>
      {steps.map((from, index) => (
        <li key={from}>
          <span className={`heat-swatch heat-${index + 1}`} aria-hidden="true" />
          {index === 0 && scale[0] !== undefined
            ? t("below {{bound}}", { bound: write(scale[0]) })
            : t("from {{bound}}", { bound: write(from) })}
        </li>
      ))}
    </ul>
  );
}
