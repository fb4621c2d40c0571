import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { ruleChangeSchema } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { ruleWords, windowWords } from "./rule-words.ts";
import { useRuleChanges } from "./use-rules.ts";

type RuleChange = z.infer<typeof ruleChangeSchema>;

/** Who set, changed or took back which rule when, newest first. */
export function RuleHistoryPart() {
  const { t } = useTranslation();
  const query = useRuleChanges();
  return (
    <PagedTable
      label={t("Changes of rules")}
      query={query}
      columns={columnsOf(t)}
      keyOf={({ ruleId, changedAt }) => `${ruleId} ${changedAt}`}
      loading={t("Loading the history")}
      failed={{ title: t("The history can't be shown") }}
      empty={<Notice icon="rule" title={t("No rule was set yet")} />}
    />
  );
}

const columnsOf = (t: TFunction): Column<RuleChange>[] => [
  {
    label: t("When"),
    cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
  },
  { label: t("Who"), cell: ({ changedBy }) => changedBy },
  { label: t("Rule"), cell: ({ ruleId }) => ruleId },
  {
    label: t("What"),
    look: "wide",
    cell: ({ before, rule }) => (
      <>
        <div className="strong">
          {rule === null ? t("Withdrawn") : `${ruleWords(t, rule)}, ${windowWords(t, rule)}`}
        </div>
        {before === null ? null : (
          <div className="muted">
            {t("before: {{rule}}", { rule: `${ruleWords(t, before)}, ${windowWords(t, before)}` })}
          </div>
        )}
      </>
    ),
  },
];
