import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Funnel } from "../charts/funnel.tsx";
import { numberOf } from "../format/figure.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import { type ReportParams, useReport } from "../reports/use-report.ts";

/** How far pickups come, and where those end that are not collected. */
export function PickupFunnel({ params }: { params: ReportParams }) {
  const { t } = useTranslation();
  const report = useReport("pickup-funnel", params);
  return (
    <ChartFrame
      title={t("From placed to collected")}
      report={report}
      rows={(rows) => (rows.some((row) => (numberOf(row["pickups"]) ?? 0) > 0) ? rows : [])}
      empty={t("No pickup was ordered in this window.")}
      formula={t("pickups that came to a stage ÷ pickups placed in the window")}
    >
      {(rows) => {
        const words = stageWords(t);
        const steps = rows.map((row) => ({
          kind: String(row["kind"]),
          label: words[String(row["stage"])] ?? String(row["stage"]),
          value: numberOf(row["pickups"]),
          share: numberOf(row["share"]),
        }));
        return (
          <>
            <Funnel
              label={t("From placed to collected")}
              steps={steps.filter(({ kind }) => kind === "passed")}
            />
            <ul className="funnel-ends" aria-label={t("Not collected")}>
              {steps
                .filter(({ kind }) => kind !== "passed")
                .map(({ label, value, share, kind }) => (
                  <li key={label} className={kind}>
                    <strong className="numeric">{value === null ? "–" : formatWhole(value)}</strong> {label}
                    {share === null ? null : <span className="muted numeric"> {formatShare(share)}</span>}
                  </li>
                ))}
            </ul>
          </>
        );
      }}
    </ChartFrame>
  );
}

function stageWords(t: TFunction): Record<string, string> {
  return {
    placed: t("Placed"),
    accepted: t("Taken on by the store"),
    ready: t("Ready"),
    collected: t("Collected"),
    no_show: t("nobody came"),
    cancelled: t("cancelled"),
    short: t("nothing was found"),
    open: t("still on their way"),
  };
}
