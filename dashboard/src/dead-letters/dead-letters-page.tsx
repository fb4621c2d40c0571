import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { DeadLetterQuery } from "../../../client/dead-letter-calls.ts";
import { PageHead } from "../app/page-head.tsx";
import { SelectField } from "../ui/field.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import "./dead-letters-page.css";
import { GroupCards } from "./group-cards.tsx";
import { LetterDialog } from "./letter-dialog.tsx";
import { LettersTable } from "./letters-table.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { useReplayMany } from "./use-dead-letters.ts";

const STATES = ["open", "replayed", "discarded", "all"] as const;

/** Messages that were not understood: why, how many alike, and the way to take them in once the cause is mended. */
export function DeadLettersPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const replay = useReplayMany();
  const filter = filterOf(search);
  const openId = search.get("open");
  const change = (changes: Record<string, string | undefined>) =>
    setSearch(
      (last) => {
        const next = new URLSearchParams(last);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined || value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const isNarrowed = filter.code !== undefined;

  return (
    <>
      <PageHead title={t("Dead letters")} />
      <div className="page-body">
        {replay.job === null ? null : (
          <ReplayProgress job={replay.job} onStop={replay.stop} onClose={replay.close} />
        )}
        <GroupCards
          filter={filter}
          isBusy={replay.begin.isPending || replay.job?.state === "running"}
          onOpen={({ code, kind, shape }) => change({ code, kind, shape, state: undefined })}
          onReplay={({ code, kind, shape }, isHistorical) =>
            replay.begin.mutate({ filter: { code, kind, shape }, isHistorical })
          }
        />
        <div className="toolbar">
          <SelectField
            label={t("State")}
            isLabelHidden
            value={filter.state ?? "open"}
            choices={stateChoices(t)}
            onChange={(state) => change({ state })}
          />
          {isNarrowed ? (
            <Button onClick={() => change({ code: undefined, kind: undefined, shape: undefined })}>
              {t("Only alike: {{code}}", { code: filter.code })}
              <Icon name="close" size={14} />
              <span className="visually-hidden">{t("Show all")}</span>
            </Button>
          ) : null}
        </div>
        <LettersTable filter={filter} onOpen={(open) => change({ open })} />
      </div>
      {openId === null ? null : (
        <LetterDialog key={openId} deadLetterId={openId} onClose={() => change({ open: undefined })} />
      )}
    </>
  );
}

function stateChoices(t: TFunction): { value: (typeof STATES)[number]; label: string }[] {
  return [
    { value: "open", label: t("Open") },
    { value: "replayed", label: t("Taken in at a replay") },
    { value: "discarded", label: t("Discarded") },
    { value: "all", label: t("All") },
  ];
}

function filterOf(search: URLSearchParams): DeadLetterQuery {
  const state = STATES.find((each) => each === search.get("state")) ?? "open";
  const filter: DeadLetterQuery = { state };
  for (const name of ["code", "kind", "shape", "location"] as const) {
    const value = search.get(name);
    if (value !== null) filter[name] = value;
  }
  return filter;
}
