import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo, useState } from "react";
import type { StoredRuleAnswer } from "../../../domain/api/rule-answers.ts";
import { formatInstant } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { ruleWords, scopeWords, windowWords } from "./rule-words.ts";
import { useLocationGroups, useRuleChange, useRules } from "./use-rules.ts";

/** Rules of what is withheld from channels or shown to them. */
export function RulesPart() {
  const { t } = useTranslation();
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const query = useRules();
  const groups = useLocationGroups();
  const [open, setOpen] = useState<StoredRuleAnswer | "new" | null>(null);
  const remove = useRuleChange<string>({
    run: (client, ruleId) => client.rules.remove(ruleId),
    said: (ruleId) => t("The rule {{id}} is withdrawn", { id: ruleId }),
  });
  return (
    <>
      <div className="toolbar">
        <Button look="primary" onClick={() => setOpen("new")}>
          {t("New rule …")}
        </Button>
      </div>
      <PagedTable
        label={t("Rules")}
        query={query}
        columns={columnsOf(t, names, words, setOpen, (ruleId) => remove.mutate(ruleId))}
        keyOf={({ rule }) => rule.ruleId}
        loading={t("Loading rules")}
        failed={{ title: t("Rules can't be shown"), words: t("They hold all the same.") }}
        empty={
          <Notice icon="rule" title={t("No rule yet")}>
            {t(
              "Every sellable unit that nobody holds is available to every channel. A rule withholds units, keeps them for a channel, or shows a channel no more than so many.",
            )}
          </Notice>
        }
      />
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
  t: TFunction,
  names: PlaceNames,
  words: ProductWords,
  onOpen: (rule: StoredRuleAnswer) => void,
  onRemove: (ruleId: string) => void,
): Column<StoredRuleAnswer>[] {
  return [
    {
      label: t("Rule"),
      look: "wide",
      cell: ({ rule }) => (
        <>
          <div className="strong">{ruleWords(t, rule)}</div>
          <div className="muted">
            {rule.ruleId}
            {rule.note === "" ? "" : ` · ${rule.note}`}
          </div>
        </>
      ),
    },
    { label: t("Of what, where"), cell: ({ rule }) => scopeWords(t, rule, names, words) },
    { label: t("When"), cell: ({ rule }) => windowWords(t, rule) },
    {
      label: t("Now"),
      cell: ({ isInForce, nextChangeAt }) => (
        <span
          title={
            nextChangeAt === null
              ? undefined
              : t("until {{instant}}", { instant: formatInstant(Date.parse(nextChangeAt)) })
          }
        >
          <Badge tone={isInForce ? "good" : "calm"} icon={isInForce ? "check" : "empty"}>
            {isInForce ? t("In force") : t("Not now")}
          </Badge>
        </span>
      ),
    },
    {
      label: t("Changed"),
      cell: ({ changedAt, changedBy }) => (
        <span className="numeric" title={t("by {{who}}", { who: changedBy })}>
          {formatInstant(Date.parse(changedAt))}
        </span>
      ),
    },
    {
      label: t("Change"),
      look: "actions",
      cell: (stored) => (
        <span className="line-actions">
          <Button
            onClick={() => onOpen(stored)}
            aria-label={t("Edit rule {{id}}", { id: stored.rule.ruleId })}
          >
            {t("Edit")}
          </Button>
          <Button
            onClick={() => onRemove(stored.rule.ruleId)}
            aria-label={t("Take rule {{id}} back", { id: stored.rule.ruleId })}
          >
            {t("Take back")}
          </Button>
        </span>
      ),
    },
  ];
}
