import "./csp-safe-zod.ts";
import "@fontsource-variable/inter/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { startDashboardLanguages } from "./i18n/start-dashboard-languages.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/print.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const page = createRoot(root);
void startDashboardLanguages().then(() =>
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
