import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Pipeline } from "../../../domain/api/pipeline.ts";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { formatRate, formatSeconds, formatWhole } from "../format/number.ts";
import { useLive } from "../live/live-context.tsx";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import "./pipeline-page.css";
import { checkWords, figureWords } from "./pipeline-words.ts";

/** The server takes a sample every 10 s. */
const REFRESH_MS = 5_000;

/** Whether every step from a read to an answer is well, and how it went for the last half hour. */
export function PipelinePage() {
  const { t } = useTranslation();
  const { client } = useLive();
  const pipeline = useQuery({
    queryKey: ["pipeline"],
    queryFn: ({ signal }) => client.pipeline(signal),
    refetchInterval: REFRESH_MS,
  });
  const { data, error } = pipeline;
  return (
    <>
      <PageHead title={t("Pipeline")} />
      <div className="page-body">
        {data === undefined ? (
          error === null ? (
            <TableSkeleton label={t("Loading the pipeline")} />
          ) : error instanceof ApiProblem && error.status === 403 ? (
            <Notice icon="key" title={t("Only admins see the inside of the pipeline")}>
              {t("What needs somebody is on the first page.")}
            </Notice>
          ) : (
            <Failed
              title={t("The pipeline can't be shown")}
              error={error}
              onRetry={() => void pipeline.refetch()}
            />
          )
        ) : (
          <section className="page-scroll" aria-label={t("Pipeline")} tabIndex={0}>
            <StaleNote error={error} />
            <Checks checks={data.checks} />
            <Steps pipeline={data} />
          </section>
        )}
      </div>
    </>
  );
}

function Checks({ checks }: { checks: Pipeline["checks"] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="pipeline-checks">
      <h2 id="pipeline-checks">{t("Is every step well?")}</h2>
      <ul className="pipeline-checks">
        {checks.map(({ name, reason, note }) => (
          <li key={name}>
            <Badge tone={reason === null ? "good" : "bad"} icon={reason === null ? "check" : "warning"}>
              {reason === null ? t("Well") : t("Not well")}
            </Badge>
            <strong>{checkWords(t, name)}</strong>
            <span className="muted">{reason ?? note ?? ""}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation();
  const last = pipeline.sampledAt.at(-1);
  return (
    <section aria-labelledby="pipeline-steps">
      <div className="pipeline-head">
        <h2 id="pipeline-steps">{t("From a read to an answer")}</h2>
        <span className="muted">
          {t("The last half hour of this process, a sample every {{seconds}} s; the newest", {
            seconds: pipeline.everySeconds,
          })}{" "}
          {last === undefined ? "–" : <Age atMs={Date.parse(last)} />}
        </span>
      </div>
      <ul className="pipeline-figures">
        {pipeline.figures.map((figure) => (
          <FigureTile key={figure.figure} figure={figure} />
        ))}
      </ul>
    </section>
  );
}

function FigureTile({ figure }: { figure: Pipeline["figures"][number] }) {
  const { t } = useTranslation();
  const { title, meaning } = figureWords(t, figure.figure);
  const known = figure.values.filter((value) => value !== null);
  const now = figure.values.at(-1) ?? null;
  const isBad = figure.kind === "flag" && now === 1;
  return (
    <li className="pipeline-figure" title={figure.metric}>
      <h3>{title}</h3>
      <div className="pipeline-line">
        <strong className={isBad ? "numeric bad" : "numeric"}>{valueText(t, figure, now)}</strong>
        {figure.kind === "flag" || known.length < 2 ? null : (
          <Sparkline
            values={known}
            slots={known.length}
            label={t("{{title}} over the last half hour, from {{low}} to {{high}}", {
              title,
              low: formatRate(Math.min(...known)),
              high: formatRate(Math.max(...known)),
            })}
          />
        )}
      </div>
      <p className="muted">{meaning}</p>
    </li>
  );
}

function valueText(t: TFunction, figure: Pipeline["figures"][number], value: number | null): string {
  if (value === null) return "–";
  if (figure.kind === "flag") return value === 1 ? t("Yes") : t("No");
  if (figure.figure === "ingestLagSeconds") return formatSeconds(value);
  return figure.kind === "rate" ? formatRate(value) : formatWhole(value);
}
