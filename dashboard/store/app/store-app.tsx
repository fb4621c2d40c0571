import { useTranslation } from "react-i18next";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import { followSystemTheme } from "../../src/app/theme.ts";
import { Toasts } from "../../src/ui/toasts.tsx";
import { FindPage } from "../find/find-page.tsx";
import { OutboxPage } from "../outbox/outbox-page.tsx";
import { ReturnsPage } from "../returns/returns-page.tsx";
import { HomePage } from "../tasks/home-page.tsx";
import { NextTaskPage, TaskPage } from "../tasks/task-page.tsx";
import type { createStore } from "../work/create-store.ts";
import { DevicePage } from "./device-page.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { SignInGate } from "./sign-in-gate.tsx";
import { StoreContext } from "./store-context.tsx";
import { StoreShell } from "./store-shell.tsx";

export function StoreApp({ store }: { store: Awaited<ReturnType<typeof createStore>> }) {
  const { t } = useTranslation();
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } }),
  );
  useEffect(followSystemTheme, []);
  useEffect(() => store.start(), [store]);
  return (
    <StoreContext value={store}>
      <QueryClientProvider client={queries}>
        <BrowserRouter basename="/store">
          <SignInGate>
            <Routes>
              <Route element={<StoreShell />}>
                <Route index element={<HomePage />} />
                <Route path="tasks/:taskId" element={<TaskPage />} />
                <Route path="next/:orderId/:fulfilmentId/:kind" element={<NextTaskPage />} />
                <Route path="find" element={<FindPage />} />
                <Route path="returns" element={<ReturnsPage />} />
                <Route path="outbox" element={<OutboxPage />} />
                <Route path="device" element={<DevicePage />} />
                <Route path="*" element={<NothingHere title={t("There is no such page")} />} />
              </Route>
            </Routes>
          </SignInGate>
        </BrowserRouter>
      </QueryClientProvider>
      <Toasts />
    </StoreContext>
  );
}
