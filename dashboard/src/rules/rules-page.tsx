import { TabbedPage } from "../app/tabbed-page.tsx";
import { GroupsPart } from "./groups-part.tsx";
import { RuleHistoryPart } from "./rule-history-part.tsx";
import "./rules-page.css";
import { RulesPart } from "./rules-part.tsx";

const PARTS = [
  { id: "all", label: "Rules", Part: RulesPart },
  { id: "groups", label: "Location groups", Part: GroupsPart },
  { id: "history", label: "History", Part: RuleHistoryPart },
] as const;

/** What is withheld, kept for a channel or capped; and who changed it. */
export function RulesPage() {
  return <TabbedPage title="Rules" path="/rules" parts={PARTS} />;
}
