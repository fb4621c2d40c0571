import { NavLink } from "react-router";
import { useSession } from "../session/session-context.ts";
import { Icon } from "../ui/icon.tsx";
import { PAGES } from "./page-list.ts";

export function Nav() {
  const session = useSession();
  return (
    <nav className="nav" aria-label="Pages">
      <div className="nav-brand">
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <span className="nav-label">Onhand</span>
      </div>
      {PAGES.map((page) => (
        <NavLink key={page.to} to={page.to} className="nav-link" title={page.label}>
          <Icon name={page.icon} />
          <span className="nav-label">{page.label}</span>
          <span className="nav-short" aria-hidden="true">
            {page.shortLabel}
          </span>
        </NavLink>
      ))}
      <div className="nav-foot">
        <span>Signed in as</span>
        <strong>{session.role}</strong>
      </div>
    </nav>
  );
}
