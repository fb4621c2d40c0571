import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
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

const claims = (t: TFunction): Record<Row["claimed"]["availability"], string> => ({
  in_stock: t("in stock"),
  limited_availability: t("few left"),
  on_display_to_order: t("on display"),
  out_of_stock: t("none"),
});
const verdicts = (t: TFunction): Record<Row["verdict"], string> => ({
  right: t("Right"),
  availability: t("Wrong"),
  price: t("Wrong price"),
  open: "–",
});

/** The list to go through the store with: what the feed claims of each product, and a field for what is there. */
export function AuditDialog({ auditId, names, onClose }: AuditDialogProps) {
  const { t } = useTranslation();
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
      title={
        audit === undefined
          ? t("Rehearsal")
          : t("Rehearsal at {{place}}", { place: names.location(audit.locationId) })
      }
      onClose={onClose}
      foot={
        <Button look="primary" disabled={quantities.length === 0 || found.isPending} onClick={save}>
          {found.isPending ? t("Saving …") : t("Save what was found")}
        </Button>
      }
    >
      {audit === undefined ? (
        <p role="status">{query.error === null ? t("Loading …") : query.error.message}</p>
      ) : (
        <>
          <AuditOutcome result={audit.result} />
          <p>
            {t("{{right}} of {{checked}} looked at are right, of {{rows}} on the list.", {
              right: formatWhole(audit.result.right),
              checked: formatWhole(audit.result.checked),
              rows: formatWhole(audit.result.rows),
            })}
          </p>
          {found.error === null ? null : (
            <p className="form-error" role="alert">
              {found.error.message} {t("Nothing was noted.")}
            </p>
          )}
          <DataTable
            label={t("Products of the rehearsal")}
            columns={columnsOf(t, typed, (gtin, text) => setTyped(new Map([...typed, [gtin, text]])))}
            rows={audit.rows}
            keyOf={(row) => row.gtin}
          />
        </>
      )}
    </Dialog>
  );
}

function columnsOf(
  t: TFunction,
  typed: ReadonlyMap<string, string>,
  onType: (gtin: string, text: string) => void,
): Column<Row>[] {
  return [
    {
      label: t("Product"),
      look: "wide",
      cell: (row) => (
        <>
          <div className="strong">{row.name === "" ? row.gtin : row.name}</div>
          <div className="muted">
            {row.id} · {row.claimed.price === "" ? t("no price") : row.claimed.price}
          </div>
        </>
      ),
    },
    {
      label: t("The feed says"),
      cell: ({ claimed }) => `${claims(t)[claimed.availability]}, ${formatWhole(claimed.quantity)}`,
    },
    {
      label: t("Found"),
      cell: (row) => (
        <input
          className="input"
          inputMode="numeric"
          size={5}
          aria-label={t("Found of {{product}}", { product: row.name === "" ? row.gtin : row.name })}
          value={typed.get(row.gtin) ?? row.found?.quantity.toString() ?? ""}
          onChange={(event) => onType(row.gtin, event.target.value.trim())}
        />
      ),
    },
    { label: t("Verdict"), cell: (row) => verdicts(t)[row.verdict] },
  ];
}
