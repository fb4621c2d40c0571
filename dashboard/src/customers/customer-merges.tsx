import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Customer } from "../../../domain/customers/customer.ts";
import { formatInstant } from "../format/number.ts";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart } from "../ui/page-part.tsx";
import { CustomerLink } from "./customer-link.tsx";
import { useCustomerChange } from "./use-customer.ts";

type Merge = Customer["merges"][number];

/** Why several records are one person; each can be taken back by an admin. */
export function CustomerMerges({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { role } = useSession();
  const undo = useCustomerChange<string>({
    run: (client, mergeId) => client.customers.unmerge(customer.customerId, mergeId),
    said: t("The merge is taken back: everything is as if it had never been."),
    failed: t("The merge was not taken back"),
  });
  return (
    <PagePart
      title={t("Merges")}
      note={t("Each says that two records are one person. Taken back, each keeps what it was given.")}
    >
      {customer.merges.length === 0 ? (
        <p className="muted">{t("Nothing was merged: this person has one record.")}</p>
      ) : (
        <DataTable
          label={t("Merges")}
          columns={columnsOf(t, role === "admin" ? (mergeId) => undo.mutate(mergeId) : null, undo.isPending)}
          rows={customer.merges}
          keyOf={({ mergeId }) => mergeId}
        />
      )}
    </PagePart>
  );
}

function columnsOf(
  t: TFunction,
  onUndo: ((mergeId: string) => void) | null,
  isBusy: boolean,
): Column<Merge>[] {
  return [
    { label: t("One record"), cell: ({ customerId }) => <CustomerLink customerId={customerId} /> },
    { label: t("The other"), cell: ({ otherId }) => <CustomerLink customerId={otherId} /> },
    {
      label: t("Why"),
      look: "wide",
      cell: ({ cause, note }) => (
        <>
          {cause === "said" ? t("Somebody said so") : t("Identifiers of both were named together")}
          {note === "" ? null : <div className="muted">{note}</div>}
        </>
      ),
    },
    {
      label: t("When"),
      cell: ({ mergedAt }) => <span className="numeric">{formatInstant(Date.parse(mergedAt))}</span>,
    },
    {
      label: t("Change"),
      look: "actions",
      cell: ({ mergeId, undoneAt }) => {
        if (undoneAt !== null) {
          return t("Taken back {{instant}}", { instant: formatInstant(Date.parse(undoneAt)) });
        }
        return onUndo === null ? (
          t("In force")
        ) : (
          <Button disabled={isBusy} onClick={() => onUndo(mergeId)}>
            {t("Take the merge back")}
          </Button>
        );
      },
    },
  ];
}
