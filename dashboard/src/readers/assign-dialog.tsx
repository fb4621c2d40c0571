import { useTranslation } from "react-i18next";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import type { Location } from "../../../domain/location.ts";
import { formatWhole } from "../format/number.ts";
import { useLive } from "../live/live-context.tsx";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { showToast } from "../ui/toasts.tsx";
import "./assign-dialog.css";
import { assignmentOf, isComplete, readerOf } from "./assignment.ts";
import { NoZones } from "./no-zones.tsx";
import { ZoneFields } from "./zone-fields.tsx";

type AssignDialogProps = { reader: ReaderWithHealth; location: Location | undefined; onClose: () => void };

/** Says which zone each antenna of a reader looks at. */
export function AssignDialog({ reader, location, onClose }: AssignDialogProps) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  const [assignment, setAssignment] = useState(() => assignmentOf(reader));
  const waiting = reader.health?.waitingReads ?? 0;
  const zones = location?.zones ?? [];
  const save = useMutation({
    mutationFn: () => client.readers.put(readerOf(reader, assignment)),
    onSuccess: async () => {
      const placed =
        waiting > 0
          ? t("{{reads}} waiting reads are being placed now.", { reads: formatWhole(waiting) })
          : "";
      showToast("good", t("{{reader}} is assigned", { reader: reader.readerId }), placed);
      onClose();
      await queries.invalidateQueries({ queryKey: ["readers"] });
    },
  });

  return (
    <FormDialog
      title={
        reader.isAssigned
          ? t("Zones of {{reader}}", { reader: reader.readerId })
          : t("Assign {{reader}}", { reader: reader.readerId })
      }
      canSave={isComplete(assignment) && zones.length > 0}
      save={save}
      afterFailure={t("Nothing was changed; the reads still wait.")}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <p className="assign-intro">
        {t("At {{place}}.", { place: location?.name ?? reader.locationId })}{" "}
        {waiting > 0 ? `${t("{{reads}} reads wait for this.", { reads: formatWhole(waiting) })} ` : ""}
        {t("Two antennas of one zone are one place.")}
      </p>
      {zones.length === 0 ? (
        <NoZones locationId={reader.locationId} location={location} />
      ) : (
        <>
          <TextField
            label={t("Name (optional)")}
            value={assignment.name}
            maxLength={200}
            placeholder={t("For example: dock door 2")}
            onChange={(event) => setAssignment({ ...assignment, name: event.target.value })}
          />
          <ZoneFields assignment={assignment} zones={zones} onChange={setAssignment} />
        </>
      )}
    </FormDialog>
  );
}
