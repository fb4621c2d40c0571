import { TabbedPage } from "../app/tabbed-page.tsx";
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
  return <TabbedPage title="Settings" path="/settings" parts={PARTS} />;
}
