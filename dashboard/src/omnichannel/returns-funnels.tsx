import { useTranslation } from "react-i18next";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { Funnel } from "../charts/funnel.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import type { ReportQuery } from "../reports/use-report.ts";

const having = (column: string) => (rows: readonly ReportRow[]) =>
  rows.filter((row) => (numberOf(row[column]) ?? 0) > 0);

/** P9: of all that came back, what was ordered online, and what of that came over a counter. */
export function WhereReturnsGo({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  const [row] = report.data?.rows ?? [];
  return (
    <ChartFrame
      title={t("Where returns are made")}
      report={report}
      rows={having("returns")}
      empty={t("Nothing came back in this window.")}
      columns={["returns", "online_returns", "online_returns_in_store", "returns_in_store", "exchanges"]}
      note={
        row === undefined
          ? undefined
          : t(
              "{{count}} lines came back over the counter in all, {{exchanges}} of them against something else. Nine of ten that could be sold again could be within {{time}}.",
              {
                count: formatFigure(row["returns_in_store"], "count", null),
                exchanges: formatFigure(row["exchanges"], "count", null),
                time: formatFigure(row["to_sellable_p90"], "minutes", null),
              },
            )
      }
    >
      {(rows) =>
        rows.map((each) => (
          <Funnel
            key="returns"
            label={t("Where returns are made")}
            steps={[
              { label: t("Lines that came back"), value: numberOf(each["returns"]) },
              { label: t("of what was ordered online"), value: numberOf(each["online_returns"]) },
              { label: t("and brought to a store"), value: numberOf(each["online_returns_in_store"]) },
            ]}
          />
        ))
      }
    </ChartFrame>
  );
}

/** P10: shoppers for whom a store had none, and those of them who got it all the same. */
export function WhatMissesBecame({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  return (
    <ChartFrame
      title={t("What became of misses")}
      report={report}
      rows={having("misses")}
      empty={t("No store told of a shopper for whom it had none.")}
      note={t(
        "A miss is a shopper for whom a store had none. It counts as saved when an order for another place came of it.",
      )}
    >
      {(rows) =>
        rows.map((each) => (
          <Funnel
            key="misses"
            label={t("What became of misses")}
            steps={[
              { label: t("The store had none"), value: numberOf(each["misses"]) },
              {
                label: t("Ordered from another place"),
                value: numberOf(each["saved"]),
                share: numberOf(each["saved_share"]),
              },
            ]}
          />
        ))
      }
    </ChartFrame>
  );
}
