import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { DeadLetterQuery } from "../../../client/dead-letter-calls.ts";
import type { DeadLetterGroup } from "../../../domain/api/dead-letters.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { useGroups } from "./use-dead-letters.ts";

const SHOWN = 6;

type GroupCardsProps = {
  filter: DeadLetterQuery;
  isBusy: boolean;
  onOpen: (group: DeadLetterGroup) => void;
  onReplay: (group: DeadLetterGroup, isHistorical: boolean) => void;
};

/** Open letters alike, the largest group first: one cause is mended once, and all of it replayed together. */
export function GroupCards({ filter, isBusy, onOpen, onReplay }: GroupCardsProps) {
  const { t } = useTranslation();
  const { data } = useGroups();
  const [isAll, setAll] = useState(false);
  const groups = data?.items ?? [];
  if (groups.length === 0) return null;
  return (
    <section className="groups" aria-label={t("Letters alike")}>
      {groups.slice(0, isAll ? undefined : SHOWN).map((group) => (
        <article
          key={`${group.code} ${group.kind} ${group.shape}`}
          className={isSame(group, filter) ? "group active" : "group"}
          data-testid="group"
        >
          <div className="group-head">
            <strong className="numeric">{formatWhole(group.letters)}</strong>
            <code>{group.code}</code>
          </div>
          <p>{group.example.detail}</p>
          <p className="muted">
            {group.topicCount === 1
              ? group.topics[0]?.topic
              : t("{{count}} topics", { count: group.topicCount })}{" "}
            · {t("last")} <Age atMs={Date.parse(group.receivedAt)} />
          </p>
          <div className="group-foot">
            <Button onClick={() => onOpen(group)}>{t("Show")}</Button>
            <Button onClick={() => onReplay(group, false)} disabled={isBusy}>
              {t("Replay all")}
            </Button>
          </div>
        </article>
      ))}
      {groups.length > SHOWN ? (
        <Button look="quiet" onClick={() => setAll(!isAll)}>
          {isAll ? t("Show fewer") : t("{{count}} more kinds", { count: groups.length - SHOWN })}
        </Button>
      ) : null}
    </section>
  );
}

function isSame(group: DeadLetterGroup, filter: DeadLetterQuery): boolean {
  return group.code === filter.code && group.kind === filter.kind && group.shape === filter.shape;
}
