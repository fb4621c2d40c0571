import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Customer } from "../../../domain/customers/customer.ts";
import { formatInstant } from "../format/number.ts";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart } from "../ui/page-part.tsx";

/** The last word of the person for each purpose. */
export function CustomerConsents({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  return (
    <PagePart title={t("Consent")}>
      {customer.consents.length === 0 ? (
        <p className="muted">{t("Nothing was agreed to or refused.")}</p>
      ) : (
        <DataTable
          label={t("Consent")}
          columns={columnsOf(t)}
          rows={customer.consents}
          keyOf={({ purpose }) => purpose}
        />
      )}
    </PagePart>
  );
}

function columnsOf(t: TFunction): Column<Customer["consents"][number]>[] {
  return [
    { label: t("Purpose"), look: "wide", cell: ({ purpose }) => purpose },
    {
      label: t("Last word"),
      cell: ({ isGranted }) =>
        isGranted ? (
          <Badge tone="good" icon="check">
            {t("Agreed")}
          </Badge>
        ) : (
          <Badge tone="calm" icon="block">
            {t("Refused")}
          </Badge>
        ),
    },
    { label: t("Said in"), cell: ({ source }) => source },
    {
      label: t("When"),
      cell: ({ at }) => <span className="numeric">{formatInstant(Date.parse(at))}</span>,
    },
  ];
}
