import { NavLink, useParams } from "react-router";
import { NotFoundPage } from "../app/not-found-page.tsx";
import { PageHead } from "../app/page-head.tsx";
import { ReadPointsPart } from "./read-points-part.tsx";
import { SettingsHistoryPart } from "./settings-history-part.tsx";
import "./settings-page.css";
import { TagMappingsPart } from "./tag-mappings-part.tsx";
import { TrackingPart } from "./tracking-part.tsx";

const PARTS = [
  { id: "tracking", label: "Item tracking", Part: TrackingPart },
  { id: "read-points", label: "Read points", Part: ReadPointsPart },
  { id: "tags", label: "Tag mappings", Part: TagMappingsPart },
  { id: "history", label: "History", Part: SettingsHistoryPart },
] as const;

/** How items are tracked, what each read point takes for near, which tags are on which products, and who changed it. */
export function SettingsPage() {
  const { part: id } = useParams();
  const part = PARTS.find((each) => each.id === id);
  if (part === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHead title="Settings" />
      <div className="page-body">
        <nav className="tabs" aria-label="Parts of the settings">
          {PARTS.map(({ id: to, label }) => (
            <NavLink key={to} to={`/settings/${to}`} className="tab">
              {label}
            </NavLink>
          ))}
        </nav>
        <part.Part />
      </div>
    </>
  );
}
