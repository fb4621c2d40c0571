import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Fulfilment, Order, OrderLine } from "../../../domain/orders/order.ts";
import { formatMoney } from "../format/money.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { OrderStatusBadge } from "./order-status-badge.tsx";
import { methodWords } from "./order-words.ts";

type FulfilmentsProps = { order: Order; names: PlaceNames; words: ProductWords };

/** The parts of an order: each is got at one place in one way, and has a life of its own. */
export function OrderFulfilments({ order, names, words }: FulfilmentsProps) {
  const { t } = useTranslation();
  return order.fulfilments.map((part) => (
    <section key={part.fulfilmentId} className="order-part" aria-label={names.location(part.locationId)}>
      <h2>
        {methodWords(t)[part.method]} · {names.location(part.locationId)}
      </h2>
      <p className="order-part-words">
        <OrderStatusBadge status={part.status} /> {timeWords(part, t)}
      </p>
      <DataTable
        label={t("Lines")}
        columns={lineColumns(t, words, order.currency)}
        rows={order.lines.filter((line) => line.fulfilmentId === part.fulfilmentId)}
        keyOf={(line) => line.lineId}
      />
    </section>
  ));
}

function timeWords(part: Fulfilment, t: TFunction): string {
  const at = (instant: string) => formatInstant(Date.parse(instant));
  const { promisedReadyAt, promisedDeliveredAt, holdUntil, carrier, trackingNumber } = part;
  const words = [
    promisedReadyAt === null ? "" : t("promised ready by {{time}}", { time: at(promisedReadyAt) }),
    part.times.ready === undefined ? "" : t("ready at {{time}}", { time: at(part.times.ready) }),
    promisedDeliveredAt === null
      ? ""
      : t("promised delivered by {{time}}", { time: at(promisedDeliveredAt) }),
    holdUntil === null ? "" : t("kept until {{time}}", { time: at(holdUntil) }),
    carrier ?? "",
    trackingNumber ?? "",
  ];
  return words.filter((word) => word !== "").join(" · ");
}

function lineColumns(t: TFunction, words: ProductWords, currency: string): Column<OrderLine>[] {
  return [
    {
      label: t("Product"),
      look: "wide",
      cell: ({ gtin }) => (
        <>
          <Link className="strong" to={`/products/${gtin}`}>
            {words.get(gtin)?.name ?? gtin}
          </Link>
          <div className="muted numeric">{gtin}</div>
        </>
      ),
    },
    { label: t("Ordered"), look: "number", cell: (line) => formatWhole(line.quantity) },
    { label: t("Picked"), look: "number", cell: (line) => formatWhole(line.picked) },
    { label: t("Short"), look: "number", cell: (line) => formatWhole(line.short) },
    { label: t("Cancelled"), look: "number", cell: (line) => formatWhole(line.cancelled) },
    { label: t("Handed over"), look: "number", cell: (line) => formatWhole(line.handedOver) },
    { label: t("Returned"), look: "number", cell: (line) => formatWhole(line.returned) },
    {
      label: t("Price"),
      look: "number",
      cell: ({ unitPrice }) => (unitPrice === null ? "–" : formatMoney(unitPrice, currency)),
    },
  ];
}
