import "../src/csp-safe-zod.ts";
import "@fontsource-variable/inter/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import "./styles/store.css";
import { StartFailed } from "./app/start-failed.tsx";
import { StoreApp } from "./app/store-app.tsx";
import { startStoreLanguages } from "./i18n/start-store-languages.ts";
import { createStore } from "./work/create-store.ts";
import { registerWorker } from "./worker/register-worker.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const page = createRoot(root);
await startStoreLanguages();

try {
  const store = await createStore();
  page.render(
    <StrictMode>
      <StoreApp store={store} />
    </StrictMode>,
  );
  registerWorker();
} catch (error) {
  page.render(<StartFailed error={error} />);
}
