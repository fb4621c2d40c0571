import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { type Cell, formatFigure, numberOf } from "../format/figure.ts";
import { byCause, causeWords } from "./disappointment-causes.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import "./cause-bars.css";

const HEIGHT_PX = 170;

/** Why promises were not kept: lines by cause, the most frequent first. Bars that need no script of charts. */
export function CauseBars({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  const words = causeWords(t);
  const [row] = report.data?.rows ?? [];
  return (
    <ChartFrame
      title={t("Why promises were not kept")}
      report={report}
      heightPx={HEIGHT_PX}
      rows={(rows) => rows.filter((each) => (numberOf(each["disappointed_lines"]) ?? 0) > 0)}
      empty={t("Every promised line of this window was given as promised, or none was promised.")}
      formula={t("promised lines that were cancelled, short, substituted or found missing ÷ promised lines")}
      note={
        row === undefined
          ? undefined
          : t(
              "{{lines}} of {{promised}} promised lines, of pickups and deliveries; {{substituted}} of them got another product.",
              {
                lines: formatFigure(row["disappointed_lines"], "count", null),
                promised: formatFigure(row["promised_lines"], "count", null),
                substituted: formatFigure(row["substituted"], "count", null),
              },
            )
      }
    >
      {(rows) => (
        <ul className="cause-bars" aria-label={t("Lines that were not given, by cause")}>
          {byCause(rows[0]).map(({ cause, lines }) => (
            <li key={String(cause)}>
              <span className="cause-word">{words[String(cause)]}</span>
              <span className="cause-bar" aria-hidden="true">
                <span style={{ flexGrow: numberOf(lines) ?? 0 }} />
                <span style={{ flexGrow: restOf(rows[0]?.["disappointed_lines"], lines) }} />
              </span>
              <strong className="numeric">{formatFigure(lines, "count", null)}</strong>
              <small>{formatFigure(shareOf(rows[0]?.["disappointed_lines"], lines), "share", null)}</small>
            </li>
          ))}
        </ul>
      )}
    </ChartFrame>
  );
}

/** The share of a cause; null without lines. */
function shareOf(all: Cell | undefined, lines: Cell | undefined): number | null {
  const most = numberOf(all) ?? 0;
  return most === 0 ? null : (numberOf(lines) ?? 0) / most;
}

/** How long the empty part of a bar is, whose whole length are all lines that were not given. */
function restOf(all: Cell | undefined, lines: Cell | undefined): number {
  return (numberOf(all) ?? 0) - (numberOf(lines) ?? 0);
}
