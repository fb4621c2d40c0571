import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { PersonValue } from "../../../domain/api/lifetime-value.ts";
import { formatMoney } from "../format/money.ts";
import { formatProbability } from "../format/number.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer } from "../ui/page-part.tsx";
import { CustomerLink } from "./customer-link.tsx";
import { usePredicted } from "./use-customer.ts";

const SHOWN = 20;

/** Of whom the most is expected: somewhere to begin, without anybody's name. */
export function LargestExpected() {
  const { t } = useTranslation();
  const query = usePredicted();
  return (
    <PagePart title={t("Of whom the most is expected")}>
      <PartAnswer query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t("Nothing was predicted yet: a prediction is made each night.")}</p>
          ) : (
            <DataTable
              label={t("Of whom the most is expected")}
              columns={columnsOf(t)}
              rows={items.slice(0, SHOWN)}
              keyOf={({ personId, currency }) => `${personId} ${currency}`}
            />
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf(t: TFunction): Column<PersonValue>[] {
  return [
    {
      label: t("Customer"),
      look: "wide",
      cell: ({ personId }) => <CustomerLink customerId={personId} />,
    },
    {
      label: t("Expected in 12 months"),
      look: "number",
      cell: ({ value, currency }) => (value === null ? "–" : formatMoney(value, currency)),
    },
    {
      label: t("95 % interval"),
      look: "number",
      cell: ({ interval, currency }) =>
        interval === null
          ? "–"
          : `${formatMoney(interval.lower, currency)} – ${formatMoney(interval.upper, currency)}`,
    },
    {
      label: t("Buys again"),
      look: "number",
      cell: ({ alive }) => (alive === null ? "–" : formatProbability(alive)),
    },
  ];
}
