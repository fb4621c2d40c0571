import { useMemo, useState } from "react";
import type { LocationGroup } from "../../../domain/api/rule-answers.ts";
import type { Location } from "../../../domain/location.ts";
import { formatInstant } from "../format/number.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
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
  const columns: Column<LocationGroup>[] = [
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
          <Button onClick={() => setOpen(group)} aria-label={`Edit group ${group.groupId}`}>
            Edit
          </Button>
          <Button
            onClick={() => remove.mutate(group.groupId)}
            aria-label={`Take group ${group.groupId} back`}
          >
            Take back
          </Button>
        </span>
      ),
    },
  ];
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
            columns={columns}
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

type GroupDialogProps = { group: LocationGroup | null; locations: readonly Location[]; onClose: () => void };

function GroupDialog({ group, locations, onClose }: GroupDialogProps) {
  const [groupId, setGroupId] = useState(group?.groupId ?? "");
  const [name, setName] = useState(group?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(group?.locations));
  const save = useRuleChange<null>({
    run: (client) => client.rules.setGroup(groupId.trim(), { name: name.trim(), locations: [...chosen] }),
    said: () => `The group ${groupId.trim()} is set`,
    onDone: onClose,
  });
  const toggle = (locationId: string) => {
    const next = new Set(chosen);
    if (!next.delete(locationId)) next.add(locationId);
    setChosen(next);
  };
  return (
    <FormDialog
      title={group === null ? "A new group" : `Group ${group.groupId}`}
      canSave={groupId.trim() !== ""}
      save={save}
      onSave={() => save.mutate(null)}
      onClose={onClose}
    >
      {group === null ? (
        <TextField
          label="Id"
          placeholder="coast"
          maxLength={64}
          value={groupId}
          onChange={(event) => setGroupId(event.target.value)}
        />
      ) : null}
      <TextField
        label="Name"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="rule-window">
        <legend className="field-label">Locations</legend>
        <div className="rule-days">
          {locations.map((location) => (
            <label key={location.locationId}>
              <input
                type="checkbox"
                checked={chosen.has(location.locationId)}
                onChange={() => toggle(location.locationId)}
              />
              {location.name}
            </label>
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
