import { useTranslation } from "react-i18next";
import type { Order } from "../../../domain/orders/order.ts";
import { formatInstant } from "../format/number.ts";
import { Fact, Facts } from "../ui/facts.tsx";
import { OrderStatusBadge } from "./order-status-badge.tsx";

/** What an order is, in short. Who placed it is an opaque id: nothing here says who that is. */
export function OrderSummary({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <section className="order-summary" aria-label={t("The order")}>
      <Facts>
        <Fact label={t("State")}>
          <OrderStatusBadge status={order.status} />
        </Fact>
        <Fact label={t("Placed")}>{formatInstant(Date.parse(order.placedAt))}</Fact>
      </Facts>
      <Facts>
        <Fact label={t("Channel")}>{order.channel}</Fact>
        <Fact label={t("Told by")}>{order.source}</Fact>
      </Facts>
      <Facts>
        <Fact label={t("Customer")}>
          {order.customerId === null ? t("Not known") : <code>{order.customerId}</code>}
        </Fact>
        {order.origin === null ? null : (
          <Fact label={t("Came from")}>
            {order.origin.kind === "exchange" ? t("an exchange") : t("a saved sale")} · {order.origin.id}
          </Fact>
        )}
      </Facts>
    </section>
  );
}
