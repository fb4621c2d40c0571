import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { Order } from "../../../domain/orders/order.ts";
import { formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table.tsx";
import { OrderStatusBadge } from "./order-status-badge.tsx";
import { methodWords } from "./order-words.ts";

export function orderColumns(t: TFunction, names: PlaceNames, words: ProductWords): Column<Order>[] {
  const methods = methodWords(t);
  return [
    {
      label: t("Order"),
      look: "wide",
      cell: (order) => (
        <>
          <Link className="strong" to={`/orders/${encodeURIComponent(order.orderId)}`}>
            {order.orderId}
          </Link>
          <div className="muted">{goodsOf(order, t, words)}</div>
        </>
      ),
    },
    {
      label: t("State"),
      cell: (order) =>
        order.mustTell ? (
          <Badge tone="bad" icon="warning">
            {t("Customer to be told")}
          </Badge>
        ) : (
          <OrderStatusBadge status={order.status} />
        ),
    },
    {
      label: t("Where"),
      cell: ({ fulfilments }) => {
        const [first] = fulfilments;
        if (first === undefined) return "–";
        return (
          <>
            <div>{[...new Set(fulfilments.map((one) => names.location(one.locationId)))].join(", ")}</div>
            <div className="muted">
              {[...new Set(fulfilments.map((one) => methods[one.method]))].join(", ")}
            </div>
          </>
        );
      },
    },
    { label: t("Channel"), cell: ({ channel }) => channel },
    {
      label: t("Units"),
      look: "number",
      cell: ({ lines }) => formatWhole(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
    },
    { label: t("Placed"), cell: ({ placedAt }) => <Age atMs={Date.parse(placedAt)} /> },
  ];
}

function goodsOf({ lines }: Order, t: TFunction, words: ProductWords): string {
  const [first] = lines;
  if (first === undefined) return "";
  const name = words.get(first.gtin)?.name ?? first.gtin;
  return lines.length === 1 ? name : t("{{name}} and {{count}} more", { name, count: lines.length - 1 });
}
