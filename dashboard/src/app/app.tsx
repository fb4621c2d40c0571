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
import { LAZY_PAGES } from "./lazy-pages.tsx";
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
                <Route path="/analyst" element={<Navigate to="/analyst/reports" replace />} />
                {LAZY_PAGES.map(({ path, Page }) => (
                  <Route key={path} path={path} element={<Page />} />
                ))}
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
