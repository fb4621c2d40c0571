import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Customer } from "../../../domain/customers/customer.ts";
import { saveFile } from "../analyst/save-file.ts";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { PagePart } from "../ui/page-part.tsx";
import { EraseDialog } from "./erase-dialog.tsx";
import { useCustomerChange } from "./use-customer.ts";

/** What a person may ask for: all that is known of them, and to be forgotten. */
export function CustomerRights({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const isAdmin = useSession().role === "admin";
  const [isErasing, setErasing] = useState(false);
  const { customerId } = customer;
  const exported = useCustomerChange<null>({
    run: async (client) => {
      const text = JSON.stringify(await client.customers.export(customerId), null, 2);
      saveFile(new Blob([text], { type: "application/json" }), `${customerId}.json`);
    },
    said: t("All that is known of the customer is saved as a file."),
    failed: t("Nothing was exported"),
  });
  return (
    <PagePart title={t("What the person may ask for")}>
      {isAdmin ? (
        <>
          <div className="customer-rights">
            <Button disabled={exported.isPending} onClick={() => exported.mutate(null)}>
              {exported.isPending ? t("Gathering …") : t("Export all that is known")}
            </Button>
            <Button onClick={() => setErasing(true)}>{t("Erase …")}</Button>
          </div>
          {isErasing ? <EraseDialog customerId={customerId} onClose={() => setErasing(false)} /> : null}
        </>
      ) : (
        <p className="muted">{t("An admin exports all that is known of a person, and erases it.")}</p>
      )}
    </PagePart>
  );
}
