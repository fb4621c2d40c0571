import { useTranslation } from "react-i18next";
import { NotesPart } from "../annotations/notes-part.tsx";
import { TabbedPage } from "../app/tabbed-page.tsx";
import { ReadPointsPart } from "./read-points-part.tsx";
import { SettingsHistoryPart } from "./settings-history-part.tsx";
import "./settings-page.css";
import { TagMappingsPart } from "./tag-mappings-part.tsx";
import { TrackingPart } from "./tracking-part.tsx";

/** How items are tracked, what each read point takes for near, which tags are on which products, and who changed it. */
export function SettingsPage() {
  const { t } = useTranslation();
  const parts = [
    { id: "tracking", label: t("Item tracking"), Part: TrackingPart },
    { id: "read-points", label: t("Read points"), Part: ReadPointsPart },
    { id: "tags", label: t("Tag mappings"), Part: TagMappingsPart },
    { id: "notes", label: t("Notes on charts"), Part: NotesPart },
    { id: "history", label: t("History"), Part: SettingsHistoryPart },
  ] as const;
  return <TabbedPage title={t("Settings")} path="/settings" parts={parts} />;
}
