import "../src/csp-safe-zod.ts";
import "@fontsource-variable/inter/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import "./styles/store.css";
import { StartFailed } from "./app/start-failed.tsx";
import { StoreApp } from "./app/store-app.tsx";
import { createStore } from "./work/create-store.ts";
import { registerWorker } from "./worker/register-worker.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const page = createRoot(root);

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
