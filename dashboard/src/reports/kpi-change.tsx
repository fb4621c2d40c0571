import { useTranslation } from "react-i18next";
import { numberFormat } from "../format/display-locale.ts";
import { Icon } from "../ui/icon.tsx";
import type { FigureFormat } from "./kpi-card.tsx";

type KpiChangeProps = {
  now: number;
  /** Null: the window before has no such figure. */
  before: number | null;
  format: FigureFormat;
  write: (figure: number) => string;
  goodWhen?: "higher" | "lower" | undefined;
};

/** How a figure differs from the one before: shares in points of a percent, all else by its share, or how many times as much it is. */
export function KpiChange({ now, before, format, write, goodWhen }: KpiChangeProps) {
  const { t } = useTranslation();
  if (before === null) return <span>{t("Nothing to compare with")}</span>;
  const change = changeOf(now, before, format);
  const isBetter = goodWhen === undefined || now === before ? null : now > before === (goodWhen === "higher");
  const tone = isBetter === null ? "even" : isBetter ? "good" : "bad";
  return (
    <span className={`kpi-change ${tone}`}>
      {now === before ? "= " : <Icon name={now > before ? "up" : "down"} size={12} />}
      {change === null ? null : `${change} `}
      <span className="muted">{t("before: {{figure}}", { figure: write(before) })}</span>
    </span>
  );
}

/** From so many times as much on a share says less than the factor. */
const FACTOR = 10;

/** Null where the one before is 0: no share of nothing. */
function changeOf(now: number, before: number, format: FigureFormat): string | null {
  const signed = { signDisplay: "exceptZero", maximumFractionDigits: 1 } as const;
  if (format === "percent") return `${numberFormat(signed).format((now - before) * 100)} pp`;
  if (before === 0) return null;
  if (now / before >= FACTOR) return `× ${numberFormat({ maximumFractionDigits: 0 }).format(now / before)}`;
  return numberFormat({ ...signed, style: "percent" }).format((now - before) / Math.abs(before));
}
