import { useTranslation } from "react-i18next";
import { TabbedPage } from "../app/tabbed-page.tsx";
import { GroupsPart } from "./groups-part.tsx";
import { RuleHistoryPart } from "./rule-history-part.tsx";
import "./rules-page.css";
import { RulesPart } from "./rules-part.tsx";

/** What is withheld, kept for a channel or capped; and who changed it. */
export function RulesPage() {
  const { t } = useTranslation();
  const parts = [
    { id: "all", label: t("Rules"), Part: RulesPart },
    { id: "groups", label: t("Location groups"), Part: GroupsPart },
    { id: "history", label: t("History"), Part: RuleHistoryPart },
  ] as const;
  return <TabbedPage title={t("Rules")} path="/rules" parts={parts} />;
}
