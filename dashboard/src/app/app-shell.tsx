import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation, useNavigate } from "react-router";
import "./app-shell.css";
import { useSession } from "../session/session-context.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { GroupPages, Nav, PhoneNav } from "./nav.tsx";
import type { ShellContext } from "./page-head.tsx";
import { homeOf, pageOf, PAGES } from "./page-list.ts";
import { useShortcuts } from "./shortcuts.ts";
import { nextTheme } from "./theme.ts";
import { useLoadAhead } from "./use-load-ahead.ts";

const CommandPalette = lazy(async () => ({
  default: (await import("../palette/command-palette.tsx")).CommandPalette,
}));
const HelpDialog = lazy(async () => ({ default: (await import("./help-dialog.tsx")).HelpDialog }));

/** What is around every page: the way to the others, keyboard, help. */
export function AppShell() {
  const navigate = useNavigate();
  const { t } = useTranslation();
  const [isHelpShown, setHelpShown] = useState(false);
  const { role } = useSession();
  const page = pageOf(useLocation().pathname);
  const isOffered = role !== "analyst" || page?.isForAnalysts === true;
  const [isPaletteShown, setPaletteShown] = useState(false);
  const showHelp = () => setHelpShown(true);
  const startTour = () => {
    void navigate("/");
    // The first page is drawn before its places are pointed at.
    void import("../tour/start-tour.ts").then((tour) => tour.startTour(t));
  };
  const context: ShellContext = { showHelp, showPalette: () => setPaletteShown(true), startTour };

  // Also from within a field: nothing that is typed there is meant by it.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      setPaletteShown((isShown) => !isShown);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);

  useLoadAhead();
  useShortcuts((keys) => {
    const page = PAGES.find((each) => each.keys === keys);
    if (page !== undefined) {
      void navigate(page.to);
      return true;
    }
    switch (keys) {
      case "?":
        setHelpShown(true);
        return true;
      case "t":
        nextTheme();
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
        {t("Skip to content")}
      </a>
      <Nav />
      <main className="shell-main" id="content" tabIndex={-1}>
        <GroupPages />
        <Suspense fallback={<PageLoading />}>
          {isOffered ? <Outlet context={context} /> : <Navigate to={homeOf(role)} replace />}
        </Suspense>
      </main>
      <PhoneNav />
      {isHelpShown ? (
        <Suspense fallback={null}>
          <HelpDialog
            onTour={() => {
              setHelpShown(false);
              startTour();
            }}
            onClose={() => setHelpShown(false)}
          />
        </Suspense>
      ) : null}
      {isPaletteShown ? (
        <Suspense fallback={null}>
          <CommandPalette onHelp={showHelp} onTour={startTour} onClose={() => setPaletteShown(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Holds the place of a page whose script is on its way. */
function PageLoading() {
  const { t } = useTranslation();
  return (
    <div className="page-body page-loading">
      <TableSkeleton label={t("Loading the page")} />
    </div>
  );
}
