import { useState } from "react";
import { Outlet, useNavigate } from "react-router";
import "./app-shell.css";
import { HelpDialog } from "./help-dialog.tsx";
import { Nav } from "./nav.tsx";
import type { ShellContext } from "./page-head.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { nextTheme } from "./theme.ts";

/** What is around every page: the way to the others, keyboard, help. */
export function AppShell() {
  const navigate = useNavigate();
  const [isHelpShown, setHelpShown] = useState(false);
  const context: ShellContext = { showHelp: () => setHelpShown(true) };

  useShortcuts((keys) => {
    switch (keys) {
      case "?":
        setHelpShown(true);
        return true;
      case "t":
        nextTheme();
        return true;
      case "g s":
        void navigate("/stock");
        return true;
      case "g l":
        void navigate("/lists");
        return true;
      case "g i":
        void navigate("/items");
        return true;
      case "g c":
        void navigate("/counts");
        return true;
      case "g d":
        void navigate("/dead-letters");
        return true;
      case "g r":
        void navigate("/readers");
        return true;
      case "/": {
        const search = document.querySelector<HTMLInputElement>("[data-page-search]");
        search?.focus();
        search?.select();
        return search !== null;
      }
      default:
        return false;
    }
  });

  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Nav />
      <main className="shell-main" id="content" tabIndex={-1}>
        <Outlet context={context} />
      </main>
      {isHelpShown ? <HelpDialog onClose={() => setHelpShown(false)} /> : null}
    </div>
  );
}
