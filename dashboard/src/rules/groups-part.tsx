import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo, useState } from "react";
import type { LocationGroup } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { useLocationGroups, useRuleChange } from "./use-rules.ts";

/** Groups of locations that rules speak of. */
export function GroupsPart() {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useLocationGroups();
  const [open, setOpen] = useState<LocationGroup | "new" | null>(null);
  const remove = useRuleChange<string>({
    run: (client, groupId) => client.rules.removeGroup(groupId),
    said: (groupId) => t("The group {{id}} is withdrawn", { id: groupId }),
  });
  return (
    <>
      <div className="toolbar">
        <Button look="primary" onClick={() => setOpen("new")}>
          {t("New group …")}
        </Button>
      </div>
      <PagedTable
        label={t("Location groups")}
        query={query}
        columns={columnsOf(t, names, setOpen, (groupId) => remove.mutate(groupId))}
        keyOf={({ groupId }) => groupId}
        loading={t("Loading groups")}
        failed={{ title: t("Groups can't be shown") }}
        empty={
          <Notice icon="list" title={t("No group yet")}>
            {t("A region, the outlets, the stores of a franchise: one rule then holds for all of them.")}
          </Notice>
        }
      />
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
  t: TFunction,
  names: PlaceNames,
  onOpen: (group: LocationGroup) => void,
  onRemove: (groupId: string) => void,
): Column<LocationGroup>[] {
  return [
    {
      label: t("Group"),
      look: "wide",
      cell: ({ groupId, name }) => (
        <>
          <div className="strong">{name === "" ? groupId : name}</div>
          <div className="muted">{groupId}</div>
        </>
      ),
    },
    { label: t("Locations"), cell: (group) => group.locations.map(names.location).join(", ") },
    {
      label: t("Changed"),
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    {
      label: t("Change"),
      look: "actions",
      cell: (group) => (
        <span className="line-actions">
          <Button onClick={() => onOpen(group)} aria-label={t("Edit group {{id}}", { id: group.groupId })}>
            {t("Edit")}
          </Button>
          <Button
            onClick={() => onRemove(group.groupId)}
            aria-label={t("Take group {{id}} back", { id: group.groupId })}
          >
            {t("Take back")}
          </Button>
        </span>
      ),
    },
  ];
}
