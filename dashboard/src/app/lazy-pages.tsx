import { type ComponentType, lazy } from "react";

/** A page whose script is loaded when somebody opens it. Home, the first page, comes with the frame. */
function page(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }));
}

export const AccuracyPage = page(async () => (await import("../accuracy/accuracy-page.tsx")).AccuracyPage);
export const CountsPage = page(async () => (await import("../counts/counts-page.tsx")).CountsPage);
export const DeadLettersPage = page(
  async () => (await import("../dead-letters/dead-letters-page.tsx")).DeadLettersPage,
);
export const FeedsPage = page(async () => (await import("../feeds/feeds-page.tsx")).FeedsPage);
export const HoldsPage = page(async () => (await import("../holds/holds-page.tsx")).HoldsPage);
export const LedgerCheckPage = page(
  async () => (await import("../ledger-check/ledger-check-page.tsx")).LedgerCheckPage,
);
export const HeatMapPage = page(async () => (await import("../heat-map/heat-map-page.tsx")).HeatMapPage);
export const MapPage = page(async () => (await import("../stock-map/map-page.tsx")).MapPage);
export const ItemPage = page(async () => (await import("../item/item-page.tsx")).ItemPage);
export const ItemsPage = page(async () => (await import("../items/items-page.tsx")).ItemsPage);
export const ListsPage = page(async () => (await import("../lists/lists-page.tsx")).ListsPage);
export const LocationPage = page(async () => (await import("../location/location-page.tsx")).LocationPage);
export const ProductPage = page(async () => (await import("../product/product-page.tsx")).ProductPage);
export const OmnichannelPage = page(
  async () => (await import("../omnichannel/omnichannel-page.tsx")).OmnichannelPage,
);
export const OrderPage = page(async () => (await import("../orders/order-page.tsx")).OrderPage);
export const OrdersPage = page(async () => (await import("../orders/orders-page.tsx")).OrdersPage);
export const ReturnsPage = page(async () => (await import("../returns/returns-page.tsx")).ReturnsPage);
export const CustomersPage = page(
  async () => (await import("../customers/customers-page.tsx")).CustomersPage,
);
export const CustomerPage = page(async () => (await import("../customers/customer-page.tsx")).CustomerPage);
export const ReadersPage = page(async () => (await import("../readers/readers-page.tsx")).ReadersPage);
export const RulesPage = page(async () => (await import("../rules/rules-page.tsx")).RulesPage);
export const SettingsPage = page(async () => (await import("../settings/settings-page.tsx")).SettingsPage);
export const ReportsPage = page(
  async () => (await import("../analyst/reports/reports-page.tsx")).ReportsPage,
);
export const ReportPage = page(async () => (await import("../analyst/reports/report-page.tsx")).ReportPage);
export const SqlPage = page(async () => (await import("../analyst/sql/sql-page.tsx")).SqlPage);
export const PipelinePage = page(async () => (await import("../pipeline/pipeline-page.tsx")).PipelinePage);
export const StockPage = page(async () => (await import("../stock/stock-page.tsx")).StockPage);
export const TasksPage = page(async () => (await import("../tasks/tasks-page.tsx")).TasksPage);
export const WebhooksPage = page(async () => (await import("../webhooks/webhooks-page.tsx")).WebhooksPage);
export const GalleryPage = page(async () => (await import("../gallery/gallery-page.tsx")).GalleryPage);
