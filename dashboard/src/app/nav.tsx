import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";
import { useSession } from "../session/session-context.ts";
import { Icon } from "../ui/icon.tsx";
import { useCurrentInView } from "./use-current-in-view.ts";
import { groupOf, type PageEntry, shownGroups } from "./page-list.ts";

/** The way to all pages, beside them; icons alone where there is less room. Phones have `PhoneNav`. */
export function Nav() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="nav" aria-label={t("Pages")}>
      <div className="nav-brand">
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <span className="nav-label">Onhand</span>
      </div>
      {shownGroups(session.role).map(({ id, label, pages }) => (
        <div key={id} className="nav-group" role="group" aria-label={label(t)}>
          {pages.length < 2 ? null : (
            <span className="nav-heading" aria-hidden="true">
              {label(t)}
            </span>
          )}
          {pages.map((page) => (
            <PageLink key={page.to} page={page} />
          ))}
        </div>
      ))}
      <div className="nav-foot">
        <span>{t("Signed in as")}</span>
        <strong>{session.role}</strong>
      </div>
    </nav>
  );
}

function PageLink({ page }: { page: PageEntry }) {
  const { t } = useTranslation();
  return (
    <NavLink to={page.to} end={page.to === "/"} className="nav-link" title={page.label(t)}>
      <Icon name={page.icon} />
      <span className="nav-label">{page.label(t)}</span>
    </NavLink>
  );
}

/** On phones: the groups at the foot of the screen. One leads to its first page. */
export function PhoneNav() {
  const { t } = useTranslation();
  const { role } = useSession();
  const current = groupOf(useLocation().pathname);
  return (
    <nav className="phone-nav" aria-label={t("Pages")}>
      {shownGroups(role).map((group) => (
        <NavLink
          key={group.id}
          to={group.pages[0]?.to ?? "/"}
          className={group.id === current?.id ? "phone-link active" : "phone-link"}
        >
          <Icon name={group.pages.length === 1 ? (group.pages[0]?.icon ?? group.icon) : group.icon} />
          <span>{group.label(t)}</span>
        </NavLink>
      ))}
    </nav>
  );
}

/** On phones: the pages of the group at hand, above the page. */
export function GroupPages() {
  const { t } = useTranslation();
  const { role } = useSession();
  const current = groupOf(useLocation().pathname);
  const pages = useCurrentInView();
  const group = shownGroups(role).find(({ id }) => id === current?.id);
  if (group === undefined || group.pages.length < 2) return null;
  return (
    <nav ref={pages} className="group-pages" aria-label={group.label(t)}>
      {group.pages.map(({ to, label }) => (
        <NavLink key={to} to={to} className="group-page">
          {label(t)}
        </NavLink>
      ))}
    </nav>
  );
}
