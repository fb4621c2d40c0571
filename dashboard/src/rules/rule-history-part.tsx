import type { z } from "zod";
import type { ruleChangeSchema } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { ruleWords, windowWords } from "./rule-words.ts";
import { useRuleChanges } from "./use-rules.ts";

type RuleChange = z.infer<typeof ruleChangeSchema>;

/** Who set, changed or took back which rule when, newest first. */
export function RuleHistoryPart() {
  const query = useRuleChanges();
  if (query.isPending) return <TableSkeleton label="Loading the history" />;
  if (query.data === undefined) {
    return (
      <Failed title="The history can't be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const changes = query.data.pages.flatMap((page) => page.items);
  if (changes.length === 0) return <Notice icon="rule" title="No rule was set yet" />;
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable
        label="Changes of rules"
        columns={COLUMNS}
        rows={changes}
        keyOf={({ ruleId, changedAt }) => `${ruleId} ${changedAt}`}
      />
      <MoreButton
        shown={changes.length}
        total={null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

const COLUMNS: readonly Column<RuleChange>[] = [
  {
    label: "When",
    cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
  },
  { label: "Who", cell: ({ changedBy }) => changedBy },
  { label: "Rule", cell: ({ ruleId }) => ruleId },
  {
    label: "What",
    look: "wide",
    cell: ({ before, rule }) => (
      <>
        <div className="strong">
          {rule === null ? "Taken back" : `${ruleWords(rule)}, ${windowWords(rule)}`}
        </div>
        {before === null ? null : (
          <div className="muted">
            before: {ruleWords(before)}, {windowWords(before)}
          </div>
        )}
      </>
    ),
  },
];
