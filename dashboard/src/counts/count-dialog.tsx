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
  const query = useCount(count);
  const [note, setNote] = useState("");
  const decision = useDecision(onClose);
  const decide = (word: "accept" | "reject") => decision.mutate({ count, decision: word, note: note.trim() });
  const shareFound = count.expected ? (count.found ?? 0) / count.expected : 1;
  return (
    <Dialog
      title={`Count at ${names.location(count.locationId)}`}
      onClose={onClose}
      foot={
        count.state === "held" ? (
          <>
            <TextField label="Note" value={note} onChange={(event) => setNote(event.target.value)} />
            <Button disabled={decision.isPending} onClick={() => decide("reject")}>
              Reject
            </Button>
            <Button look="primary" disabled={decision.isPending} onClick={() => decide("accept")}>
              {decision.isPending ? "Waiting for ingest …" : "Apply"}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="count">
        <CountStateBadge state={count.state} />
        {count.state === "held" ? (
          <p>
            It found {formatShare(shareFound)} of what was expected, fewer than is believed without a word
            from you. Nothing has changed yet. Apply it if the store really lost these units; reject it if the
            count went wrong.
          </p>
        ) : null}
        {query.data === undefined ? (
          <p role="status">{query.error === null ? "Loading …" : query.error.message}</p>
        ) : query.data.lines.length === 0 ? (
          <p className="muted">
            {count.endedAt === null ? "It has not ended yet." : "It found what was expected."}
          </p>
        ) : (
          <>
            <DataTable
              label="Differences"
              columns={COLUMNS}
              rows={query.data.lines}
              keyOf={(line) => line.gtin}
            />
            {query.data.totalLines > query.data.lines.length ? (
              <p className="muted">
                The {formatWhole(query.data.lines.length)} largest of {formatWhole(query.data.totalLines)}{" "}
                products.
              </p>
            ) : null}
          </>
        )}
      </div>
    </Dialog>
  );
}

const COLUMNS: readonly Column<CountLine>[] = [
  {
    label: "Product",
    look: "wide",
    cell: (line) => (
      <>
        <div className="strong">{line.name === "" ? line.gtin : line.name}</div>
        <div className="muted numeric">{line.gtin}</div>
      </>
    ),
  },
  { label: "Expected", look: "number", cell: (line) => formatWhole(line.expected) },
  { label: "Counted", look: "number", cell: (line) => formatWhole(line.counted) },
  { label: "Difference", look: "number", cell: (line) => formatSigned(line.difference) },
];
