import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { Count, CountLine } from "../../../domain/api/counts.ts";
import { formatShare, formatSigned, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import "./count-dialog.css";
import { CountStateBadge } from "./count-state-badge.tsx";
import { useCount, useDecision } from "./use-counts.ts";

type CountDialogProps = { count: Count; names: PlaceNames; onClose: () => void };

/** What a count found, product by product; and where it is held, the decision. */
export function CountDialog({ count, names, onClose }: CountDialogProps) {
  const { t } = useTranslation();
  const query = useCount(count);
  const [note, setNote] = useState("");
  const decision = useDecision(onClose);
  const decide = (word: "accept" | "reject") => decision.mutate({ count, decision: word, note: note.trim() });
  const shareFound = count.expected ? (count.found ?? 0) / count.expected : 1;
  return (
    <Dialog
      title={t("Count at {{place}}", { place: names.location(count.locationId) })}
      onClose={onClose}
      foot={
        count.state === "held" ? (
          <>
            <TextField label={t("Note")} value={note} onChange={(event) => setNote(event.target.value)} />
            <Button disabled={decision.isPending} onClick={() => decide("reject")}>
              {t("Reject")}
            </Button>
            <Button look="primary" disabled={decision.isPending} onClick={() => decide("accept")}>
              {decision.isPending ? t("Waiting for ingest …") : t("Apply")}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="count">
        <CountStateBadge state={count.state} />
        {count.state === "held" ? (
          <p>
            {t(
              "It found {{share}} of what was expected, fewer than is believed without a word from you. Nothing has changed yet. Apply it if the store really lost these units; reject it if the count went wrong.",
              { share: formatShare(shareFound) },
            )}
          </p>
        ) : null}
        {query.data === undefined ? (
          <p role="status">{query.error === null ? t("Loading …") : query.error.message}</p>
        ) : query.data.lines.length === 0 ? (
          <p className="muted">
            {count.endedAt === null ? t("It has not ended yet.") : t("It found what was expected.")}
          </p>
        ) : (
          <>
            <DataTable
              label={t("Differences")}
              columns={columnsOf(t)}
              rows={query.data.lines}
              keyOf={(line) => line.gtin}
            />
            {query.data.totalLines > query.data.lines.length ? (
              <p className="muted">
                {t("The {{shown}} largest of {{total}} products.", {
                  shown: formatWhole(query.data.lines.length),
                  total: formatWhole(query.data.totalLines),
                })}
              </p>
            ) : null}
          </>
        )}
      </div>
    </Dialog>
  );
}

const columnsOf = (t: TFunction): Column<CountLine>[] => [
  {
    label: t("Product"),
    look: "wide",
    cell: (line) => (
      <>
        <div className="strong">{line.name === "" ? line.gtin : line.name}</div>
        <div className="muted numeric">{line.gtin}</div>
      </>
    ),
  },
  { label: t("Expected"), look: "number", cell: (line) => formatWhole(line.expected) },
  { label: t("Counted"), look: "number", cell: (line) => formatWhole(line.counted) },
  { label: t("Difference"), look: "number", cell: (line) => formatSigned(line.difference) },
];
