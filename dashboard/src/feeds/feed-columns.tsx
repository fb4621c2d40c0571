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
export function runColumns(): Column<FeedRun>[] {
  return [
    {
      label: "Feed",
      look: "wide",
      cell: (run) => (
        <>
          <div className="strong">{run.feed}</div>
          <div className="muted">
            for {run.channel} · {lintWords(run)}
          </div>
        </>
      ),
    },
    { label: "Kind", cell: (run) => (run.kind === "full" ? "Full" : "Delta") },
    {
      label: "State",
      cell: (run) =>
        run.state === "sent" ? (
          <Badge tone="good" icon="check">
            Sent
          </Badge>
        ) : (
          <Badge tone="warn" icon="warning">
            Not read to its end
          </Badge>
        ),
    },
    { label: "Rows", look: "number", cell: (run) => formatWhole(run.rows) },
    { label: "Left out", look: "number", cell: (run) => formatWhole(run.leftOut) },
    { label: "Fetched", cell: (run) => <Age atMs={Date.parse(run.startedAt)} /> },
    {
      label: "Text",
      look: "actions",
      cell: (run) => (
        <a
          className="button plain"
          href={`/v1/feeds/runs/${run.runId}/text`}
          download={`${run.feed.replaceAll("/", "-")}-${run.runId}.txt`}
          aria-label={`Text of ${run.feed} of ${run.startedAt}`}
        >
          Text
        </a>
      ),
    },
  ];
}

export function auditColumns(names: PlaceNames, onOpen: (audit: AuditHead) => void): Column<AuditHead>[] {
  return [
    {
      label: "Store",
      look: "wide",
      cell: (audit) => (
        <>
          <div className="strong">{names.location(audit.locationId)}</div>
          <div className="muted">seed {audit.seed}</div>
        </>
      ),
    },
    { label: "Outcome", cell: ({ result }) => <AuditOutcome result={result} /> },
    {
      label: "Looked at",
      look: "number",
      cell: ({ result }) => `${formatWhole(result.checked)} of ${formatWhole(result.rows)}`,
    },
    {
      label: "Right",
      look: "number",
      cell: ({ result }) => (result.shareRight === null ? "–" : formatShare(result.shareRight)),
    },
    { label: "Drawn", cell: (audit) => <Age atMs={Date.parse(audit.createdAt)} /> },
    {
      label: "Look",
      look: "actions",
      cell: (audit) => (
        <Button
          onClick={() => onOpen(audit)}
          aria-label={`Look at the rehearsal at ${names.location(audit.locationId)}`}
        >
          Look
        </Button>
      ),
    },
  ];
}

export function AuditOutcome({ result }: { result: FeedAudit["result"] }) {
  if (result.wouldPass === null) {
    return (
      <Badge tone="calm" icon="question">
        Not all looked at
      </Badge>
    );
  }
  return result.wouldPass ? (
    <Badge tone="good" icon="check">
      Would pass
    </Badge>
  ) : (
    <Badge tone="bad" icon="warning">
      Would fail
    </Badge>
  );
}

function lintWords({ findings }: FeedRun): string {
  const [first] = findings;
  if (first === undefined) return "nothing found by the lint";
  const more = findings.length > 1 ? `, and ${formatWhole(findings.length - 1)} more` : "";
  return `${first.detail}${more}`;
}
