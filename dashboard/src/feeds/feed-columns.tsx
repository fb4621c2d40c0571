import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { FeedRun } from "../../../domain/api/feeds.ts";
import type { FeedAudit } from "../../../domain/feeds/feed-audit.ts";
import { formatShare, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";

type AuditHead = Omit<FeedAudit, "rows">;

/** Fetches of feeds: what was sent, and what the lint kept back. */
export function runColumns(t: TFunction): Column<FeedRun>[] {
  return [
    {
      label: t("Feed"),
      look: "wide",
      cell: (run) => (
        <>
          <div className="strong">{run.feed}</div>
          <div className="muted">
            {t("for {{channel}}", { channel: run.channel })} · {lintWords(t, run)}
          </div>
        </>
      ),
    },
    { label: t("Kind"), cell: (run) => (run.kind === "full" ? t("Full") : t("Delta")) },
    {
      label: t("State"),
      cell: (run) =>
        run.state === "sent" ? (
          <Badge tone="good" icon="check">
            {t("Sent")}
          </Badge>
        ) : (
          <Badge tone="warn" icon="warning">
            {t("Not read to its end")}
          </Badge>
        ),
    },
    { label: t("Rows"), look: "number", cell: (run) => formatWhole(run.rows) },
    { label: t("Left out"), look: "number", cell: (run) => formatWhole(run.leftOut) },
    { label: t("Fetched"), cell: (run) => <Age atMs={Date.parse(run.startedAt)} /> },
    {
      label: t("Text"),
      look: "actions",
      cell: (run) => (
        <a
          className="button plain"
          href={`/v1/feeds/runs/${run.runId}/text`}
          download={`${run.feed.replaceAll("/", "-")}-${run.runId}.txt`}
          aria-label={t("Text of {{feed}} of {{instant}}", { feed: run.feed, instant: run.startedAt })}
        >
          {t("Text")}
        </a>
      ),
    },
  ];
}

export function auditColumns(
  t: TFunction,
  names: PlaceNames,
  onOpen: (audit: AuditHead) => void,
): Column<AuditHead>[] {
  return [
    {
      label: t("Store"),
      look: "wide",
      cell: (audit) => (
        <>
          <div className="strong">{names.location(audit.locationId)}</div>
          <div className="muted">{t("seed {{seed}}", { seed: audit.seed })}</div>
        </>
      ),
    },
    { label: t("Outcome"), cell: ({ result }) => <AuditOutcome result={result} /> },
    {
      label: t("Looked at"),
      look: "number",
      cell: ({ result }) =>
        t("{{shown}} of {{total}}", { shown: formatWhole(result.checked), total: formatWhole(result.rows) }),
    },
    {
      label: t("Right"),
      look: "number",
      cell: ({ result }) => (result.shareRight === null ? "–" : formatShare(result.shareRight)),
    },
    { label: t("Drawn"), cell: (audit) => <Age atMs={Date.parse(audit.createdAt)} /> },
    {
      label: t("Look"),
      look: "actions",
      cell: (audit) => (
        <Button
          onClick={() => onOpen(audit)}
          aria-label={t("Look at the rehearsal at {{place}}", { place: names.location(audit.locationId) })}
        >
          {t("Look")}
        </Button>
      ),
    },
  ];
}

export function AuditOutcome({ result }: { result: FeedAudit["result"] }) {
  const { t } = useTranslation();
  if (result.wouldPass === null) {
    return (
      <Badge tone="calm" icon="question">
        {t("Not all looked at")}
      </Badge>
    );
  }
  return result.wouldPass ? (
    <Badge tone="good" icon="check">
      {t("Would pass")}
    </Badge>
  ) : (
    <Badge tone="bad" icon="warning">
      {t("Would fail")}
    </Badge>
  );
}

function lintWords(t: TFunction, { findings }: FeedRun): string {
  const [first] = findings;
  if (first === undefined) return t("nothing found by the lint");
  if (findings.length === 1) return first.detail;
  return t("{{finding}}, and {{more}} more", {
    finding: first.detail,
    more: formatWhole(findings.length - 1),
  });
}
