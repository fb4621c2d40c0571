import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo, useState } from "react";
import type { ReadPoint } from "../../../domain/api/tracking-settings-answers.ts";
import { formatInstant, formatSeconds, formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { showToast } from "../ui/toasts.tsx";
import { ReadPointDialog } from "./read-point-dialog.tsx";
import { useMayEdit, useReadPoints, useRemoveReadPoint } from "./use-settings.ts";
import { WithCode } from "../ui/with-code.tsx";

/** Which reads each read point takes for near; all reads of a read point without a rule are. */
export function ReadPointsPart() {
  const { t } = useTranslation();
  const mayEdit = useMayEdit();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useReadPoints();
  const [edited, setEdited] = useState<ReadPoint | "new" | null>(null);
  const remove = useRemoveReadPoint(() => {});
  const actions = mayEdit
    ? {
        onEdit: setEdited,
        onRemove: (point: ReadPoint) =>
          remove.mutate(point, {
            onError: (error) => showToast("bad", t("Nothing was changed"), error.message),
          }),
      }
    : null;
  return (
    <>
      <div className="toolbar">
        <p className="settings-use">
          <WithCode>
            {t(
              "A read that does not fit its read point's rule is stray: it is kept, and moves nothing. A walk test with {{command}} finds the rule.",
              { command: "`onhand calibrate`" },
            )}
          </WithCode>
        </p>
        {mayEdit ? <Button onClick={() => setEdited("new")}>{t("Add a rule")}</Button> : null}
      </div>
      <PagedTable
        label={t("Read points")}
        query={query}
        columns={columnsOf(t, names, actions)}
        keyOf={keyOf}
        loading={t("Loading read points")}
        failed={{ title: t("Read points can't be shown") }}
        empty={
          <Notice icon="readers" title={t("No read point has a rule")}>
            {t("Every read counts as near, at every reader.")}
          </Notice>
        }
      />
      {edited === null ? null : (
        <ReadPointDialog point={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

const keyOf = ({ locationId, readerId, antenna }: ReadPoint): string =>
  `${locationId}/${readerId}/${antenna}`;

type Actions = { onEdit: (point: ReadPoint) => void; onRemove: (point: ReadPoint) => void };

function columnsOf(t: TFunction, names: PlaceNames, actions: Actions | null): Column<ReadPoint>[] {
  const columns: Column<ReadPoint>[] = [
    {
      label: t("Read point"),
      look: "wide",
      cell: (point) => (
        <>
          <div className="strong">
            {point.antenna === null
              ? t("{{reader}}, all antennas", { reader: point.readerId })
              : t("{{reader}}, antenna {{antenna}}", { reader: point.readerId, antenna: point.antenna })}
          </div>
          <div className="muted">{names.location(point.locationId)}</div>
        </>
      ),
    },
    {
      label: t("Reads"),
      look: "number",
      cell: (point) => t("at least {{reads}}", { reads: formatWhole(point.minReads) }),
    },
    { label: t("Within"), look: "number", cell: (point) => formatSeconds(point.windowMs / 1000) },
    {
      label: t("Strength"),
      look: "number",
      cell: (point) =>
        point.minRssiDbm === null ? t("any") : t("from {{dbm}} dBm", { dbm: formatWhole(point.minRssiDbm) }),
    },
    {
      label: t("Changed"),
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
      <Button onClick={() => actions.onEdit(point)}>{t("Edit")}</Button>
      <Button
        onClick={() => actions.onRemove(point)}
        aria-label={t("Delete the rule of {{point}}", { point: keyOf(point) })}
      >
        {t("Delete")}
      </Button>
    </span>
  );
  return [...columns, { label: t("Change"), look: "actions", cell }];
}
