import { useMemo, useState } from "react";
import type { StoredRuleAnswer } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { ruleWords, scopeWords, windowWords } from "./rule-words.ts";
import { useLocationGroups, useRuleChange, useRules } from "./use-rules.ts";

/** Rules of what is withheld from channels or shown to them. */
export function RulesPart() {
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useRules();
  const groups = useLocationGroups();
  const [open, setOpen] = useState<StoredRuleAnswer | "new" | null>(null);
  const remove = useRuleChange<string>({
    run: (client, ruleId) => client.rules.remove(ruleId),
    said: (ruleId) => `The rule ${ruleId} is taken back`,
  });
  const rules = query.data?.items ?? [];
  return (
    <>
      <div className="toolbar">
        <Button look="primary" onClick={() => setOpen("new")}>
          New rule …
        </Button>
      </div>
      {query.isPending ? <TableSkeleton label="Loading rules" /> : null}
      {query.error !== null && query.data === undefined ? (
        <Failed title="Rules can't be shown" error={query.error} onRetry={() => void query.refetch()}>
          They hold all the same.
        </Failed>
      ) : null}
      {query.data !== undefined && rules.length === 0 ? (
        <Notice icon="rule" title="No rule yet">
          Every sellable unit that nobody holds is available to every channel. A rule withholds units, keeps
          them for a channel, or shows a channel no more than so many.
        </Notice>
      ) : null}
      {rules.length === 0 ? null : (
        <div className="page-scroll">
          <StaleNote error={query.error} />
          <DataTable
            label="Rules"
            columns={columnsOf(names, words, setOpen, (ruleId) => remove.mutate(ruleId))}
            rows={rules}
            keyOf={({ rule }) => rule.ruleId}
          />
        </div>
      )}
      {open === null ? null : (
        <RuleDialog
          rule={open === "new" ? null : open.rule}
          locations={locations}
          groups={groups.data?.items ?? []}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function columnsOf(
  names: PlaceNames,
  words: ProductWords,
  onOpen: (rule: StoredRuleAnswer) => void,
  onRemove: (ruleId: string) => void,
): Column<StoredRuleAnswer>[] {
  return [
    {
      label: "Rule",
      look: "wide",
      cell: ({ rule }) => (
        <>
          <div className="strong">{ruleWords(rule)}</div>
          <div className="muted">
            {rule.ruleId}
            {rule.note === "" ? "" : ` · ${rule.note}`}
          </div>
        </>
      ),
    },
    { label: "Of what, where", cell: ({ rule }) => scopeWords(rule, names, words) },
    { label: "When", cell: ({ rule }) => windowWords(rule) },
    {
      label: "Now",
      cell: ({ isInForce, nextChangeAt }) => (
        <span title={nextChangeAt === null ? undefined : `until ${formatInstant(Date.parse(nextChangeAt))}`}>
          <Badge tone={isInForce ? "good" : "calm"} icon={isInForce ? "check" : "empty"}>
            {isInForce ? "In force" : "Not now"}
          </Badge>
        </span>
      ),
    },
    {
      label: "Changed",
      cell: ({ changedAt, changedBy }) => (
        <span className="numeric" title={`by ${changedBy}`}>
          {formatInstant(Date.parse(changedAt))}
        </span>
      ),
    },
    {
      label: "Change",
      look: "actions",
      cell: (stored) => (
        <span className="line-actions">
          <Button onClick={() => onOpen(stored)} aria-label={`Edit rule ${stored.rule.ruleId}`}>
            Edit
          </Button>
          <Button
            onClick={() => onRemove(stored.rule.ruleId)}
            aria-label={`Take rule ${stored.rule.ruleId} back`}
          >
            Take back
          </Button>
        </span>
      ),
    },
  ];
}
