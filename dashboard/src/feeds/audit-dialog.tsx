import { useState } from "react";
import type { FeedAudit } from "../../../domain/feeds/feed-audit.ts";
import { formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { AuditOutcome } from "./feed-columns.tsx";
import { useFeedAudit, useFound } from "./use-feeds.ts";

type Row = FeedAudit["rows"][number];
type AuditDialogProps = { auditId: string; names: PlaceNames; onClose: () => void };

const CLAIMS: Record<Row["claimed"]["availability"], string> = {
  in_stock: "in stock",
  limited_availability: "few left",
  on_display_to_order: "on display",
  out_of_stock: "none",
};
const VERDICTS: Record<Row["verdict"], string> = {
  right: "Right",
  availability: "Wrong",
  price: "Wrong price",
  open: "–",
};

/** The list to go through the store with: what the feed claims of each product, and a field for what is there. */
export function AuditDialog({ auditId, names, onClose }: AuditDialogProps) {
  const query = useFeedAudit(auditId);
  const found = useFound(auditId);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const audit = query.data;
  const quantities = [...typed]
    .filter(([, text]) => /^\d{1,6}$/.test(text))
    .map(([gtin, text]) => ({ gtin, quantity: Number(text) }));
  const save = () => found.mutate(quantities, { onSuccess: () => setTyped(new Map()) });

  return (
    <Dialog
      title={audit === undefined ? "Rehearsal" : `Rehearsal at ${names.location(audit.locationId)}`}
      onClose={onClose}
      foot={
        <Button look="primary" disabled={quantities.length === 0 || found.isPending} onClick={save}>
          {found.isPending ? "Saving …" : "Save what was found"}
        </Button>
      }
    >
      {audit === undefined ? (
        <p role="status">{query.error === null ? "Loading …" : query.error.message}</p>
      ) : (
        <>
          <AuditOutcome result={audit.result} />
          <p>
            {formatWhole(audit.result.right)} of {formatWhole(audit.result.checked)} looked at are right, of{" "}
            {formatWhole(audit.result.rows)} on the list.
          </p>
          {found.error === null ? null : (
            <p className="form-error" role="alert">
              {found.error.message} Nothing was noted.
            </p>
          )}
          <DataTable
            label="Products of the rehearsal"
            columns={columnsOf(typed, (gtin, text) => setTyped(new Map([...typed, [gtin, text]])))}
            rows={audit.rows}
            keyOf={(row) => row.gtin}
          />
        </>
      )}
    </Dialog>
  );
}

function columnsOf(
  typed: ReadonlyMap<string, string>,
  onType: (gtin: string, text: string) => void,
): Column<Row>[] {
  return [
    {
      label: "Product",
      look: "wide",
      cell: (row) => (
        <>
          <div className="strong">{row.name === "" ? row.gtin : row.name}</div>
          <div className="muted">
            {row.id} · {row.claimed.price === "" ? "no price" : row.claimed.price}
          </div>
        </>
      ),
    },
    {
      label: "The feed says",
      cell: ({ claimed }) => `${CLAIMS[claimed.availability]}, ${formatWhole(claimed.quantity)}`,
    },
    {
      label: "Found",
      cell: (row) => (
        <input
          className="input"
          inputMode="numeric"
          size={5}
          aria-label={`Found of ${row.name === "" ? row.gtin : row.name}`}
          value={typed.get(row.gtin) ?? row.found?.quantity.toString() ?? ""}
          onChange={(event) => onType(row.gtin, event.target.value.trim())}
        />
      ),
    },
    { label: "Verdict", cell: (row) => VERDICTS[row.verdict] },
  ];
}
