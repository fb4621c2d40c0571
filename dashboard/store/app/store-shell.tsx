import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { Icon } from "../../src/ui/icon.tsx";
import { StatusBar } from "./status-bar.tsx";
import { useWork } from "./store-context.tsx";

/** The store's name above every page; the state of the network and the ways to go below it. */
export function StoreShell() {
  const { t } = useTranslation();
  const { facts, entries } = useWork();
  return (
    <div className="store-shell">
      <header className="store-head">
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <NavLink className="store-name" to="/device">
          <strong>{facts.location?.name}</strong>
          <span className="muted">{facts.staffName === "" ? t("Who are you?") : facts.staffName}</span>
        </NavLink>
      </header>
      <div className="store-body">
        <Outlet />
      </div>
      {/* Below the page: what comes and goes above it would move the buttons away from under the finger. */}
      <StatusBar />
      <nav className="store-nav" aria-label={t("Pages")}>
        <NavLink to="/" end>
          <Icon name="count" size={22} />
          {t("Tasks")}
        </NavLink>
        <NavLink to="/find">
          <Icon name="search" size={22} />
          {t("Find")}
        </NavLink>
        <NavLink to="/returns">
          <Icon name="back" size={22} />
          {t("Returns")}
        </NavLink>
        <NavLink to="/outbox">
          <Icon name="mail" size={22} />
          {entries.length === 0 ? t("Outbox") : t("Outbox ({{entries}})", { entries: entries.length })}
        </NavLink>
      </nav>
    </div>
  );
}
