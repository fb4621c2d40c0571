import { useMutation } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReportRow } from "../../../domain/reports/report.ts";
import { ChartFrame } from "../charts/chart-frame.tsx";
import { formatFigure, numberOf } from "../format/figure.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLive } from "../live/live-context.tsx";
import { useLocations } from "../live/use-master-data.ts";
import type { ReportQuery } from "../reports/use-report.ts";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { showToast } from "../ui/toasts.tsx";

/** As many as somebody sends people for in one go; the report has them all. */
const MOST = 20;

/** What is probably not there, the most money first; a press asks the store's staff for a look. */
export function GhostTable({ report }: { report: ReportQuery }) {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const currency = report.data?.currency ?? null;
  const all = report.data?.n ?? 0;
  const mayAsk = useSession().role !== "analyst";
  return (
    <ChartFrame
      title={t("Go and look: the most money first")}
      report={report}
      rows={(rows) => rows.slice(0, MOST)}
      empty={t("Nothing is on the book that its neighbours outlived.")}
      note={
        all > MOST
          ? t("The first {{most}} of {{all}}; the report has them all.", {
              most: formatFigure(MOST, "count", null),
              all: formatFigure(all, "count", null),
            })
          : null
      }
    >
      {(rows) => (
        <DataTable
          label={t("What is probably not there")}
          columns={columnsOf(t, names, currency, mayAsk)}
          rows={rows}
          keyOf={(row) => `${String(row["location_id"])}/${String(row["gtin"])}`}
        />
      )}
    </ChartFrame>
  );
}

function columnsOf(
  t: TFunction,
  names: PlaceNames,
  currency: string | null,
  mayAsk: boolean,
): Column<ReportRow>[] {
  return [
    {
      label: t("Product"),
      look: "wide",
      cell: (row) => (
        <Link to={`/products/${String(row["gtin"])}`}>{String(row["name"] ?? row["gtin"])}</Link>
      ),
    },
    {
      label: t("Location"),
      cell: (row) => (
        <Link to={`/locations/${String(row["location_id"])}`}>
          {names.location(String(row["location_id"]))}
        </Link>
      ),
    },
    {
      label: t("On the book"),
      look: "number",
      cell: (row) => formatFigure(row["book_units"], "units", null),
    },
    { label: t("Unseen for"), look: "number", cell: (row) => formatFigure(row["unseen_days"], "days", null) },
    {
      label: t("At list price"),
      look: "number",
      cell: (row) => formatFigure(row["price_at_stake"], "money", currency),
    },
    ...(mayAsk
      ? [
          {
            label: t("Ask for a look"),
            look: "actions" as const,
            cell: (row: ReportRow) => <AskButton row={row} />,
          },
        ]
      : []),
  ];
}

function AskButton({ row }: { row: ReportRow }) {
  const { t } = useTranslation();
  const { client } = useLive();
  const ask = useMutation({
    mutationFn: () =>
      client.tasks.ask({
        kind: "check_ghost",
        locationId: String(row["location_id"]),
        gtin: String(row["gtin"]),
        quantity: Math.max(1, numberOf(row["book_units"]) ?? 1),
      }),
    onSuccess: () => showToast("good", t("Staff are asked to look.")),
    onError: (error) => showToast("bad", t("The task could not be made."), error.message),
  });
  return (
    <Button disabled={ask.isPending || ask.isSuccess} onClick={() => ask.mutate()}>
      {ask.isSuccess ? t("Asked") : t("Ask for a look")}
    </Button>
  );
}
