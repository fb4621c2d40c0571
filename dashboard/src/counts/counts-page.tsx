import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Count } from "../../../domain/api/counts.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { CountDialog } from "./count-dialog.tsx";
import { CountStateBadge } from "./count-state-badge.tsx";
import { useCounts } from "./use-counts.ts";

/** Counts of all stores: how right the book was, and those that wait for a person's word. */
export function CountsPage() {
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const locationId = search.get("location") ?? "";
  const query = useCounts(locationId);
  const counts = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = counts.find((count) => keyOf(count) === search.get("open"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title="Counts" />
      <div className="page-body">
        <div className="toolbar">
          <LocationField
            value={locationId}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
        </div>
        {query.data === undefined ? null : <StaleNote error={query.error} />}
        {query.isPending ? <TableSkeleton label="Loading counts" /> : null}
        {query.error !== null && query.data === undefined ? (
          <Failed title="Counts can't be shown" error={query.error} onRetry={() => void query.refetch()}>
            Counts that run are taken in all the same.
          </Failed>
        ) : null}
        {query.data !== undefined && counts.length === 0 ? (
          <Notice icon="count" title="No count yet">
            A count begins with the message <code>count_started</code> on{" "}
            <code>onhand/&#123;location&#125;/stock/&#123;source&#125;</code>.
          </Notice>
        ) : null}
        {counts.length === 0 ? null : (
          <div className="page-scroll">
            <DataTable
              label="Counts"
              columns={columnsOf(names, (count) => set("open", keyOf(count)))}
              rows={counts}
              keyOf={keyOf}
            />
            <MoreButton
              shown={counts.length}
              total={null}
              isLoading={query.isFetchingNextPage}
              onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
            />
          </div>
        )}
      </div>
      {open === undefined ? null : (
        <CountDialog key={keyOf(open)} count={open} names={names} onClose={() => set("open", "")} />
      )}
    </>
  );
}

const keyOf = (count: Count): string => `${count.locationId}/${count.countId}`;

function columnsOf(names: PlaceNames, onOpen: (count: Count) => void): Column<Count>[] {
  return [
    {
      label: "Count",
      look: "wide",
      cell: (count) => (
        <>
          <div className="strong">{names.location(count.locationId)}</div>
          <div className="muted">
            {count.countId} · {scopeWords(count, names)}
          </div>
        </>
      ),
    },
    { label: "State", cell: (count) => <CountStateBadge state={count.state} /> },
    { label: "Began", cell: (count) => <Age atMs={Date.parse(count.startedAt)} /> },
    { label: "Expected", look: "number", cell: (count) => orDash(count.expected, formatWhole) },
    { label: "Found", look: "number", cell: (count) => orDash(count.found, formatWhole) },
    { label: "Exact", look: "number", cell: (count) => orDash(count.exactAccuracy, formatShare) },
    { label: "Units right", look: "number", cell: (count) => orDash(count.unitAccuracy, formatShare) },
    {
      label: "Look",
      look: "actions",
      cell: (count) => (
        <Button
          look={count.state === "held" ? "primary" : "plain"}
          onClick={() => onOpen(count)}
          aria-label={`${count.state === "held" ? "Decide on" : "Look at"} count ${count.countId}`}
        >
          {count.state === "held" ? "Decide" : "Look"}
        </Button>
      ),
    },
  ];
}

function scopeWords({ locationId, zones, gtins }: Count, names: PlaceNames): string {
  const where = zones === null ? "all zones" : zones.map((zone) => names.zone(locationId, zone)).join(", ");
  return gtins === null ? where : `${where}, ${formatWhole(gtins.length)} products`;
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? "–" : format(value);
}
