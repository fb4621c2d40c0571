import { type ComponentType, use } from "react";
import { matchPath } from "react-router";

/** The page at `path`, whose script is loaded when it is opened, or `ahead` of it. What is loaded is drawn at once, without a skeleton. */
function page(path: string, importPage: () => Promise<ComponentType>) {
  let Loaded: ComponentType | undefined;
  let loading: Promise<ComponentType> | undefined;
  async function loadOnce(): Promise<ComponentType> {
    Loaded = await importPage();
    return Loaded;
  }
  const load = () => (loading ??= loadOnce());
  function Page() {
    const Drawn = Loaded ?? use(load());
    return <Drawn />;
  }
  async function ahead(): Promise<void> {
    try {
      await load();
    } catch {
      // It is asked for again when the page is opened, which then says why it does not come.
      loading = undefined;
    }
  }
  return { path, Page, ahead };
}

/** The pages by their addresses, but for Home: the first page comes with the frame. */
export const LAZY_PAGES = [
  page("/tasks", async () => (await import("../tasks/tasks-page.tsx")).TasksPage),
  page("/pipeline", async () => (await import("../pipeline/pipeline-page.tsx")).PipelinePage),
  page("/webhooks", async () => (await import("../webhooks/webhooks-page.tsx")).WebhooksPage),
  page("/stock", async () => (await import("../stock/stock-page.tsx")).StockPage),
  page("/heat-map", async () => (await import("../heat-map/heat-map-page.tsx")).HeatMapPage),
  page("/map", async () => (await import("../stock-map/map-page.tsx")).MapPage),
  page("/products/:productId", async () => (await import("../product/product-page.tsx")).ProductPage),
  page("/locations/:locationId", async () => (await import("../location/location-page.tsx")).LocationPage),
  page("/lists/:list?", async () => (await import("../lists/lists-page.tsx")).ListsPage),
  page("/items", async () => (await import("../items/items-page.tsx")).ItemsPage),
  page("/items/:epc", async () => (await import("../item/item-page.tsx")).ItemPage),
  page("/counts", async () => (await import("../counts/counts-page.tsx")).CountsPage),
  page("/holds", async () => (await import("../holds/holds-page.tsx")).HoldsPage),
  page(
    "/omnichannel/:part?",
    async () => (await import("../omnichannel/omnichannel-page.tsx")).OmnichannelPage,
  ),
  page("/accuracy/:part?", async () => (await import("../accuracy/accuracy-page.tsx")).AccuracyPage),
  page("/orders", async () => (await import("../orders/orders-page.tsx")).OrdersPage),
  page("/orders/:orderId", async () => (await import("../orders/order-page.tsx")).OrderPage),
  page("/returns", async () => (await import("../returns/returns-page.tsx")).ReturnsPage),
  page("/customers", async () => (await import("../customers/customers-page.tsx")).CustomersPage),
  page("/customers/:customerId", async () => (await import("../customers/customer-page.tsx")).CustomerPage),
  page("/feeds", async () => (await import("../feeds/feeds-page.tsx")).FeedsPage),
  page("/ledger-check", async () => (await import("../ledger-check/ledger-check-page.tsx")).LedgerCheckPage),
  page("/dead-letters", async () => (await import("../dead-letters/dead-letters-page.tsx")).DeadLettersPage),
  page("/readers", async () => (await import("../readers/readers-page.tsx")).ReadersPage),
  page("/rules/:part?", async () => (await import("../rules/rules-page.tsx")).RulesPage),
  page("/settings/:part?", async () => (await import("../settings/settings-page.tsx")).SettingsPage),
  page("/analyst/reports", async () => (await import("../analyst/reports/reports-page.tsx")).ReportsPage),
  page("/analyst/reports/:name", async () => (await import("../analyst/reports/report-page.tsx")).ReportPage),
  page("/analyst/sql", async () => (await import("../analyst/sql/sql-page.tsx")).SqlPage),
  page("/gallery", async () => (await import("../gallery/gallery-page.tsx")).GalleryPage),
];

/** Begins to load the page of an address that somebody is about to open. */
export function loadAhead(pathname: string): void {
  const next = LAZY_PAGES.find(({ path }) => matchPath(path, pathname) !== null);
  void next?.ahead();
}
