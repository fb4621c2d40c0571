import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Customer } from "../../../domain/customers/customer.ts";
import { formatInstant } from "../format/number.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { PagePart } from "../ui/page-part.tsx";
import { kindWords } from "./kind-words.ts";

/** By what the person is known, and in which records; contact facts where the role may see them. */
export function CustomerIdentities({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { contact } = customer;
  return (
    <PagePart title={t("Known by")}>
      <DataTable
        label={t("Known by")}
        columns={columnsOf(t)}
        rows={customer.identities}
        keyOf={({ kind, source, value, at }) => `${kind} ${source} ${value ?? at}`}
      />
      {contact === null ? null : (
        <Facts>
          <Fact label={t("Name")}>{contact.name === "" ? "–" : contact.name}</Fact>
          <Fact label={t("E-mail address")}>{contact.email === "" ? "–" : contact.email}</Fact>
          <Fact label={t("Telephone")}>{contact.phone === "" ? "–" : contact.phone}</Fact>
        </Facts>
      )}
    </PagePart>
  );
}

function columnsOf(t: TFunction): Column<Customer["identities"][number]>[] {
  const words = kindWords(t);
  return [
    { label: t("What"), cell: ({ kind }) => words[kind] },
    { label: t("Given by"), cell: ({ source }) => (source === "" ? "–" : source) },
    {
      label: t("Value"),
      look: "wide",
      cell: ({ value }) =>
        value === null ? t("Not for your role") : <code className="customer-id">{value}</code>,
    },
    {
      label: t("Record"),
      cell: ({ customerId }) => <code className="customer-id">{customerId}</code>,
    },
    {
      label: t("Since"),
      cell: ({ at }) => <span className="numeric">{formatInstant(Date.parse(at))}</span>,
    },
  ];
}
