import { useTranslation } from "react-i18next";
import type { ComponentType } from "react";
import { Navigate, NavLink, useParams } from "react-router";
import { NotFoundPage } from "./not-found-page.tsx";
import { PageHead } from "./page-head.tsx";
import "./tabbed-page.css";
import { useCurrentInView } from "./use-current-in-view.ts";

type Part = { id: string; label: string; Part: ComponentType };

/** A page of several parts, one shown: that of the address `{path}/{part}`. `{path}` alone leads to the first. */
export function TabbedPage({ title, path, parts }: { title: string; path: string; parts: readonly Part[] }) {
  const { t } = useTranslation();
  const { part: id } = useParams();
  const tabs = useCurrentInView();
  const part = parts.find((each) => each.id === id);
  const [first] = parts;
  if (id === undefined && first !== undefined) return <Navigate to={`${path}/${first.id}`} replace />;
  if (part === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHead title={title} />
      <div className="page-body">
        <nav ref={tabs} className="tabs" aria-label={t("Parts of {{page}}", { page: title.toLowerCase() })}>
          {parts.map(({ id: to, label }) => (
            <NavLink key={to} to={`${path}/${to}`} className="tab">
              {label}
            </NavLink>
          ))}
        </nav>
        <part.Part />
      </div>
    </>
  );
}
