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
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useLedgerCheck();
  const check = useCheckNow();
  const result = query.data;
  const sum = (of: (each: LocationCheck) => number) =>
    result?.locations.reduce((total, each) => total + of(each), 0) ?? 0;

  return (
    <>
      <PageHead title="Ledger check" />
      <div className="page-body">
        {result === undefined ? null : <StaleNote error={query.error} />}
        {query.isPending ? <TableSkeleton label="Loading checks" /> : null}
        {query.error !== null && result === undefined ? (
          <Failed title="Checks can't be shown" error={query.error} onRetry={() => void query.refetch()}>
            They go on all the same.
          </Failed>
        ) : null}
        {result === undefined ? null : (
          <div className="page-scroll">
            <Figures label="The check as a whole">
              <Figure
                label="Positions compared"
                title="Products at locations, of the last check of each location"
              >
                {formatWhole(sum((each) => each.positions))}
              </Figure>
              <Figure label="Differences" title="Numbers in memory that are not the sum of the ledger">
                {formatWhole(sum((each) => (each.outcome === "equal" ? 0 : each.differences)))}
              </Figure>
              <Figure label="Last full pass" title="When every location had been checked once more">
                {result.lastFullPassAt === null ? (
                  "not yet"
                ) : (
                  <Age atMs={Date.parse(result.lastFullPassAt)} />
                )}
              </Figure>
            </Figures>
            {result.locations.length === 0 ? (
              <Notice icon="check" title="Nothing to compare yet">
                {result.isRunning
                  ? "The first check comes as soon as there is stock."
                  : "The check does not run on this server."}
              </Notice>
            ) : (
              <DataTable
                label="Locations"
                columns={columnsOf(names, (locationId) => check.mutate(locationId), check.isPending)}
                rows={result.locations}
                keyOf={(each) => each.locationId}
              />
            )}
            {result.history.length === 0 ? null : (
              <>
                <h2>What was found in the last 90 days</h2>
                <DataTable
                  label="What was found"
                  columns={columnsOf(names, null, false)}
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
  names: PlaceNames,
  onCheck: ((locationId: string) => void) | null,
  isBusy: boolean,
): Column<LocationCheck>[] {
  const columns: Column<LocationCheck>[] = [
    {
      label: "Location",
      look: "wide",
      cell: (each) => (
        <>
          <div className="strong">{names.location(each.locationId)}</div>
          <div className="muted">{detailOf(each)}</div>
        </>
      ),
    },
    { label: "Outcome", cell: (each) => <OutcomeBadge outcome={each.outcome} /> },
    { label: "Positions", look: "number", cell: (each) => formatWhole(each.positions) },
    { label: "Held products", look: "number", cell: (each) => formatWhole(each.heldProducts) },
    { label: "Differences", look: "number", cell: (each) => formatWhole(each.differences) },
    { label: "Checked", cell: (each) => <Age atMs={Date.parse(each.checkedAt)} /> },
  ];
  if (onCheck === null) return columns;
  return [
    ...columns,
    {
      label: "Check",
      look: "actions",
      cell: (each) => (
        <Button
          disabled={isBusy}
          onClick={() => onCheck(each.locationId)}
          aria-label={`Check ${names.location(each.locationId)} now`}
        >
          Check
        </Button>
      ),
    },
  ];
}

function detailOf({ reason, examples, sequence }: LocationCheck): string {
  if (reason !== null) return reason;
  const [first] = examples;
  if (first === undefined) return `as of movement ${formatWhole(sequence)}`;
  const { gtin, state, inMemory, inLedger } = first;
  return `${gtin} ${state ?? "reserved"}: ${formatWhole(inMemory)} in memory, ${formatWhole(inLedger)} in the ledger`;
}
