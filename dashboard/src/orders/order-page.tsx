import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { placeNames } from "../item/place-names.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { OrderFulfilments } from "./order-fulfilments.tsx";
import { OrderNotices } from "./order-notices.tsx";
import "./order-page.css";
import { OrderSummary } from "./order-summary.tsx";
import { OrderTimeline } from "./order-timeline.tsx";
import { useOrder } from "./use-orders.ts";

/** One order: where each part of it stands, what its customer has to be told, and all that happened to it. */
export function OrderPage() {
  const { t } = useTranslation();
  const { orderId = "" } = useParams();
  return (
    <>
      <PageHead title={t("Order {{orderId}}", { orderId })} />
      <div className="page-body">
        <Link className="order-back" to="/orders">
          {t("All orders")}
        </Link>
        <OrderContent key={orderId} orderId={orderId} />
      </div>
    </>
  );
}

function OrderContent({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const query = useOrder(orderId);
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  if (query.isPending) return <TableSkeleton label={t("Loading the order")} />;
  if (query.data === undefined) {
    return query.error instanceof ApiProblem && query.error.status === 404 ? (
      <Notice icon="search" title={t("No order has this number")}>
        {query.error.message}
      </Notice>
    ) : (
      <Failed
        title={t("The order can't be shown")}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const order = query.data;
  return (
    <div className="page-scroll order-page" data-testid="order">
      <StaleNote error={query.error} />
      <OrderSummary order={order} />
      <OrderNotices notices={order.notices} names={names} words={words} lines={order.lines} />
      <OrderFulfilments order={order} names={names} words={words} />
      <section className="order-part" aria-label={t("What happened")}>
        <h2>{t("What happened")}</h2>
        <OrderTimeline order={order} names={names} />
      </section>
    </div>
  );
}
