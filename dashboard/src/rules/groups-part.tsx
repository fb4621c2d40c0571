import { useMemo, useState } from "react";
import type { LocationGroup } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { useLocationGroups, useRuleChange } from "./use-rules.ts";

/** Groups of locations that rules speak of. */
export function GroupsPart() {
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useLocationGroups();
  const [open, setOpen] = useState<LocationGroup | "new" | null>(null);
  const remove = useRuleChange<string>({
    run: (client, groupId) => client.rules.removeGroup(groupId),
    said: (groupId) => `The group ${groupId} is taken back`,
  });
  const groups = query.data?.items ?? [];
  return (
    <>
      <div className="toolbar">
        <Button look="primary" onClick={() => setOpen("new")}>
          New group …
        </Button>
      </div>
      {query.isPending ? <TableSkeleton label="Loading groups" /> : null}
      {query.error !== null && query.data === undefined ? (
        <Failed title="Groups can't be shown" error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data !== undefined && groups.length === 0 ? (
        <Notice icon="list" title="No group yet">
          A region, the outlets, the stores of a franchise: one rule then holds for all of them.
        </Notice>
      ) : null}
      {groups.length === 0 ? null : (
        <div className="page-scroll">
          <StaleNote error={query.error} />
          <DataTable
            label="Groups of locations"
            columns={columnsOf(names, setOpen, (groupId) => remove.mutate(groupId))}
            rows={groups}
            keyOf={({ groupId }) => groupId}
          />
        </div>
      )}
      {open === null ? null : (
        <GroupDialog
          group={open === "new" ? null : open}
          locations={locations}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function columnsOf(
  names: PlaceNames,
  onOpen: (group: LocationGroup) => void,
  onRemove: (groupId: string) => void,
): Column<LocationGroup>[] {
  return [
    {
      label: "Group",
      look: "wide",
      cell: ({ groupId, name }) => (
        <>
          <div className="strong">{name === "" ? groupId : name}</div>
          <div className="muted">{groupId}</div>
        </>
      ),
    },
    { label: "Locations", cell: (group) => group.locations.map(names.location).join(", ") },
    {
      label: "Changed",
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    {
      label: "Change",
      look: "actions",
      cell: (group) => (
        <span className="line-actions">
          <Button onClick={() => onOpen(group)} aria-label={`Edit group ${group.groupId}`}>
            Edit
          </Button>
          <Button onClick={() => onRemove(group.groupId)} aria-label={`Take group ${group.groupId} back`}>
            Take back
          </Button>
        </span>
      ),
    },
  ];
}
