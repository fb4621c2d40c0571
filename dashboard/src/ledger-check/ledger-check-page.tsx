import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo } from "react";
import type { LocationCheck } from "../../../domain/api/reconciliation.ts";
import { PageHead } from "../app/page-head.tsx";
import { formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { useCheckNow, useLedgerCheck } from "./use-ledger-check.ts";

/** Whether what is answered equals the ledger: the last check of each location, and those that found something. */
export function LedgerCheckPage() {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useLedgerCheck();
  const check = useCheckNow();
  const result = query.data;
  const sum = (of: (each: LocationCheck) => number) =>
    result?.locations.reduce((total, each) => total + of(each), 0) ?? 0;

  return (
    <>
      <PageHead title={t("Ledger check")} />
      <div className="page-body">
        {result === undefined ? null : <StaleNote error={query.error} />}
        {query.isPending ? <TableSkeleton label={t("Loading checks")} /> : null}
        {query.error !== null && result === undefined ? (
          <Failed title={t("Checks can't be shown")} error={query.error} onRetry={() => void query.refetch()}>
            {t("They go on all the same.")}
          </Failed>
        ) : null}
        {result === undefined ? null : (
          <div className="page-scroll">
            <Figures label={t("The check as a whole")}>
              <Figure
                label={t("Positions compared")}
                title={t("Products at locations, of the last check of each location")}
              >
                {formatWhole(sum((each) => each.positions))}
              </Figure>
              <Figure
                label={t("Differences")}
                title={t("Numbers in memory that are not the sum of the ledger")}
              >
                {formatWhole(sum((each) => (each.outcome === "equal" ? 0 : each.differences)))}
              </Figure>
              <Figure label={t("Last full pass")} title={t("When every location had been checked once more")}>
                {result.lastFullPassAt === null ? (
                  t("not yet")
                ) : (
                  <Age atMs={Date.parse(result.lastFullPassAt)} />
                )}
              </Figure>
            </Figures>
            {result.locations.length === 0 ? (
              <Notice icon="check" title={t("Nothing to compare yet")}>
                {result.isRunning
                  ? t("The first check comes as soon as there is stock.")
                  : t("The check does not run on this server.")}
              </Notice>
            ) : (
              <DataTable
                label={t("Locations")}
                columns={columnsOf(t, names, (locationId) => check.mutate(locationId), check.isPending)}
                rows={result.locations}
                keyOf={(each) => each.locationId}
              />
            )}
            {result.history.length === 0 ? null : (
              <>
                <h2>{t("What was found in the last 90 days")}</h2>
                <DataTable
                  label={t("What was found")}
                  columns={columnsOf(t, names, null, false)}
                  rows={result.history}
                  keyOf={(each) => `${each.serverId} ${each.locationId} ${each.checkedAt}`}
                />
              </>
            )}
          </div>
        )}
      </div>
    </>
  );
}

function columnsOf(
  t: TFunction,
  names: PlaceNames,
  onCheck: ((locationId: string) => void) | null,
  isBusy: boolean,
): Column<LocationCheck>[] {
  const columns: Column<LocationCheck>[] = [
    {
      label: t("Location"),
      look: "wide",
      cell: (each) => (
        <>
          <div className="strong">{names.location(each.locationId)}</div>
          <div className="muted">{detailOf(t, each)}</div>
        </>
      ),
    },
    { label: t("Outcome"), cell: (each) => <OutcomeBadge outcome={each.outcome} /> },
    { label: t("Positions"), look: "number", cell: (each) => formatWhole(each.positions) },
    { label: t("Held products"), look: "number", cell: (each) => formatWhole(each.heldProducts) },
    { label: t("Differences"), look: "number", cell: (each) => formatWhole(each.differences) },
    { label: t("Checked"), cell: (each) => <Age atMs={Date.parse(each.checkedAt)} /> },
  ];
  if (onCheck === null) return columns;
  return [
    ...columns,
    {
      label: t("Check"),
      look: "actions",
      cell: (each) => (
        <Button
          disabled={isBusy}
          onClick={() => onCheck(each.locationId)}
          aria-label={t("Check {{place}} now", { place: names.location(each.locationId) })}
        >
          {t("Check")}
        </Button>
      ),
    },
  ];
}

function detailOf(t: TFunction, { reason, examples, sequence }: LocationCheck): string {
  if (reason !== null) return reason;
  const [first] = examples;
  if (first === undefined) return t("as of movement {{number}}", { number: formatWhole(sequence) });
  const { gtin, state, inMemory, inLedger } = first;
  return t("{{product}} {{state}}: {{held}} in memory, {{summed}} in the ledger", {
    product: gtin,
    state: state ?? t("reserved"),
    held: formatWhole(inMemory),
    summed: formatWhole(inLedger),
  });
}
