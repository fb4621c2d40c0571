import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type CustomerPurchases, MAX_NAMED_PURCHASES } from "../../../domain/customers/customer-purchases.ts";
import { formatMoney } from "../format/money.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { methodWords } from "../orders/order-words.ts";
import { channelWord } from "../reports/report-filter-bar.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer } from "../ui/page-part.tsx";
import { usePurchases } from "./use-customer.ts";

/** What the person bought in all channels, and what of it came back. */
export function CustomerOrders({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = usePurchases(customerId);
  return (
    <PagePart
      title={t("Orders and returns")}
      note={t("Of all channels and records, the newest {{count}}.", { count: MAX_NAMED_PURCHASES })}
    >
      <PartAnswer query={query}>
        {({ orders }) =>
          orders.length === 0 ? (
            <p className="muted">{t("Nothing was bought yet.")}</p>
          ) : (
            <DataTable
              label={t("Orders and returns")}
              columns={columnsOf(t, names)}
              rows={orders}
              keyOf={({ source, orderId, currency }) => `${source} ${orderId} ${currency}`}
            />
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf(t: TFunction, names: PlaceNames): Column<CustomerPurchases["orders"][number]>[] {
  const ways = new Map<string, string>(Object.entries(methodWords(t)));
  return [
    {
      label: t("Order"),
      look: "wide",
      cell: ({ orderId, isHere, source }) => (
        <>
          {isHere ? (
            <Link className="strong" to={`/orders/${encodeURIComponent(orderId)}`}>
              {orderId}
            </Link>
          ) : (
            <span className="strong">{orderId}</span>
          )}
          <div className="muted">{source}</div>
        </>
      ),
    },
    {
      label: t("Channel"),
      cell: ({ channel, methods }) => (
        <>
          <div>{channelWord(t, channel)}</div>
          <div className="muted">{methods.map((way) => ways.get(way) ?? way).join(", ")}</div>
        </>
      ),
    },
    { label: t("Where"), cell: ({ locationIds }) => locationIds.map(names.location).join(", ") || "–" },
    { label: t("Units"), look: "number", cell: ({ units }) => formatWhole(units) },
    { label: t("Came back"), look: "number", cell: ({ unitsBack }) => formatWhole(unitsBack) },
    { label: t("Net"), look: "number", cell: ({ net, currency }) => formatMoney(net, currency) },
    {
      label: t("When"),
      cell: ({ orderedAt }) => <span className="numeric">{formatInstant(Date.parse(orderedAt))}</span>,
    },
  ];
}
