import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { createOnhandClient } from "../../../client/onhand-client.ts";
import { HomePage } from "../home/home-page.tsx";
import { SessionGate } from "../session/session-gate.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { AppShell } from "./app-shell.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import {
  AccuracyPage,
  CountsPage,
  CustomerPage,
  CustomersPage,
  DeadLettersPage,
  FeedsPage,
  GalleryPage,
  HeatMapPage,
  HoldsPage,
  ItemPage,
  ItemsPage,
  LedgerCheckPage,
  ListsPage,
  LocationPage,
  MapPage,
  ProductPage,
  OmnichannelPage,
  OrderPage,
  OrdersPage,
  PipelinePage,
  ReadersPage,
  ReportPage,
  ReportsPage,
  ReturnsPage,
  RulesPage,
  SettingsPage,
  SqlPage,
  StockPage,
  TasksPage,
  WebhooksPage,
} from "./lazy-pages.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { followSystemTheme } from "./theme.ts";

const MOST_RETRIES = 2;

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Who is refused is refused again; a server that is away may be back.
        retry: (failures, error) =>
          failures < MOST_RETRIES &&
          !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: false,
      },
    },
  });
}

export function App() {
  const [client] = useState(() => createOnhandClient({ baseUrl: "", retries: 0 }));
  const [queries] = useState(createQueries);
  useEffect(followSystemTheme, []);
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queries}>
        {/* Searches and filters live in the address: what is typed or picked must stand there before the next key or click. */}
        <BrowserRouter useTransitions={false}>
          <SessionGate client={client}>
            <Routes>
              <Route element={<AppShell />}>
                <Route index element={<HomePage />} />
                <Route path="/tasks" element={<TasksPage />} />
                <Route path="/pipeline" element={<PipelinePage />} />
                <Route path="/webhooks" element={<WebhooksPage />} />
                <Route path="/stock" element={<StockPage />} />
                <Route path="/heat-map" element={<HeatMapPage />} />
                <Route path="/map" element={<MapPage />} />
                <Route path="/products/:productId" element={<ProductPage />} />
                <Route path="/locations/:locationId" element={<LocationPage />} />
                <Route path="/lists" element={<Navigate to="/lists/ghosts" replace />} />
                <Route path="/lists/:list" element={<ListsPage />} />
                <Route path="/items" element={<ItemsPage />} />
                <Route path="/items/:epc" element={<ItemPage />} />
                <Route path="/counts" element={<CountsPage />} />
                <Route path="/holds" element={<HoldsPage />} />
                <Route path="/omnichannel" element={<Navigate to="/omnichannel/value" replace />} />
                <Route path="/omnichannel/:part" element={<OmnichannelPage />} />
                <Route path="/accuracy" element={<Navigate to="/accuracy/counts" replace />} />
                <Route path="/accuracy/:part" element={<AccuracyPage />} />
                <Route path="/orders" element={<OrdersPage />} />
                <Route path="/orders/:orderId" element={<OrderPage />} />
                <Route path="/returns" element={<ReturnsPage />} />
                <Route path="/customers" element={<CustomersPage />} />
                <Route path="/customers/:customerId" element={<CustomerPage />} />
                <Route path="/feeds" element={<FeedsPage />} />
                <Route path="/ledger-check" element={<LedgerCheckPage />} />
                <Route path="/dead-letters" element={<DeadLettersPage />} />
                <Route path="/readers" element={<ReadersPage />} />
                <Route path="/rules" element={<Navigate to="/rules/all" replace />} />
                <Route path="/rules/:part" element={<RulesPage />} />
                <Route path="/settings" element={<Navigate to="/settings/tracking" replace />} />
                <Route path="/settings/:part" element={<SettingsPage />} />
                <Route path="/analyst" element={<Navigate to="/analyst/reports" replace />} />
                <Route path="/analyst/reports" element={<ReportsPage />} />
                <Route path="/analyst/reports/:name" element={<ReportPage />} />
                <Route path="/analyst/sql" element={<SqlPage />} />
                <Route path="/gallery" element={<GalleryPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Route>
            </Routes>
          </SessionGate>
        </BrowserRouter>
      </QueryClientProvider>
      <Toasts />
    </ErrorBoundary>
  );
}
