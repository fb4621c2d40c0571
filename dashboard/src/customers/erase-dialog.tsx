import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { useCustomerChange } from "./use-customer.ts";

/** So many signs of the id are typed again, so that nobody is erased by a slip. */
const TYPED = 6;

/** Says what erasing does and does not, and does it. */
export function EraseDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const end = customerId.slice(-TYPED);
  const erase = useCustomerChange<null>({
    run: (client) => client.customers.erase(customerId),
    said: t("The customer is erased: nothing leads from the id to a person any more."),
    failed: t("The erasure is not confirmed"),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t("Erase this customer?")}
      action={t("Erase for good")}
      canSave={typed.trim().toLowerCase() === end}
      save={erase}
      afterFailure={t("Ask again: it says whether it is done.")}
      onSave={() => erase.mutate(null)}
      onClose={onClose}
    >
      <ul className="erase-words">
        <li>
          {t(
            "Gone for good: what the person is known by, contact facts, consents, merges, codes of offers, predictions, and what imported files said.",
          )}
        </li>
        <li>{t("Every figure stays: orders and revenue are counted by an id that leads to nobody.")}</li>
        <li>
          {t(
            "Backups that were made before still hold the person, and an old file that is imported again brings them back: erase them there too.",
          )}
        </li>
        <li>{t("It cannot be taken back, and may take some seconds.")}</li>
      </ul>
      <TextField
        label={t("Type the last {{count}} signs of the id, {{end}}, to go on", { count: TYPED, end })}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}
