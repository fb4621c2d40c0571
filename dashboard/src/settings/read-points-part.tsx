import { useMemo, useState } from "react";
import type { ReadPoint } from "../../../domain/api/tracking-settings-answers.ts";
import { formatInstant, formatSeconds } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { showToast } from "../ui/toasts.tsx";
import { ReadPointDialog } from "./read-point-dialog.tsx";
import { useMayEdit, useReadPoints, useRemoveReadPoint } from "./use-settings.ts";

/** Which reads each read point takes for near; all reads of a read point without a rule are. */
export function ReadPointsPart() {
  const mayEdit = useMayEdit();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useReadPoints();
  const [edited, setEdited] = useState<ReadPoint | "new" | null>(null);
  const remove = useRemoveReadPoint(() => {});
  if (query.isPending) return <TableSkeleton label="Loading read points" />;
  if (query.data === undefined) {
    return (
      <Failed title="Read points can't be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const points = query.data.items;
  const actions = mayEdit
    ? {
        onEdit: setEdited,
        onRemove: (point: ReadPoint) =>
          remove.mutate(point, {
            onError: (error) => showToast("bad", "Nothing was changed", error.message),
          }),
      }
    : null;
  return (
    <>
      <div className="toolbar">
        <p className="settings-use">
          A read that does not fit its read point's rule is stray: it is kept, and moves nothing. A walk test
          with <code>onhand calibrate</code> finds the rule.
        </p>
        {mayEdit ? <Button onClick={() => setEdited("new")}>Add a rule</Button> : null}
      </div>
      {points.length === 0 ? (
        <Notice icon="readers" title="No read point has a rule">
          Every read counts as near, at every reader.
        </Notice>
      ) : (
        <div className="page-scroll">
          <StaleNote error={query.error} />
          <DataTable label="Read points" columns={columnsOf(names, actions)} rows={points} keyOf={keyOf} />
        </div>
      )}
      {edited === null ? null : (
        <ReadPointDialog point={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

const keyOf = ({ locationId, readerId, antenna }: ReadPoint): string =>
  `${locationId}/${readerId}/${antenna}`;

type Actions = { onEdit: (point: ReadPoint) => void; onRemove: (point: ReadPoint) => void };

function columnsOf(names: PlaceNames, actions: Actions | null): Column<ReadPoint>[] {
  const columns: Column<ReadPoint>[] = [
    {
      label: "Read point",
      look: "wide",
      cell: (point) => (
        <>
          <div className="strong">
            {point.readerId}
            {point.antenna === null ? ", all antennas" : `, antenna ${point.antenna}`}
          </div>
          <div className="muted">{names.location(point.locationId)}</div>
        </>
      ),
    },
    { label: "Reads", look: "number", cell: (point) => `at least ${point.minReads}` },
    { label: "Within", look: "number", cell: (point) => formatSeconds(point.windowMs / 1000) },
    {
      label: "Strength",
      look: "number",
      cell: (point) => (point.minRssiDbm === null ? "any" : `from ${point.minRssiDbm} dBm`),
    },
    {
      label: "Changed",
      cell: ({ lastChange }) => (
        <div>
          <div className="numeric">{formatInstant(Date.parse(lastChange.changedAt))}</div>
          <div className="muted">
            {lastChange.changedBy}
            {lastChange.note === "" ? "" : `: ${lastChange.note}`}
          </div>
        </div>
      ),
    },
  ];
  if (actions === null) return columns;
  const cell = (point: ReadPoint) => (
    <span className="line-actions">
      <Button onClick={() => actions.onEdit(point)}>Edit</Button>
      <Button onClick={() => actions.onRemove(point)} aria-label={`Delete the rule of ${keyOf(point)}`}>
        Delete
      </Button>
    </span>
  );
  return [...columns, { label: "Change", look: "actions", cell }];
}
