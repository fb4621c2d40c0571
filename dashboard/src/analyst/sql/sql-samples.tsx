import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-context.tsx";
import { ReportTrouble } from "../../reports/report-trouble.tsx";

/** Questions that people ask, with SQL to begin from; a click shows one, and does not run it. */
export function SqlSamples({ onPick }: { onPick: (sql: string) => void }) {
  const { t } = useTranslation();
  const { client } = useLive();
  const samples = useQuery({
    queryKey: ["sql-samples"],
    queryFn: ({ signal }) => client.reports.samples(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (samples.data === undefined) {
    return samples.error === null ? (
      <p className="sql-side-note">{t("Samples are being asked for …")}</p>
    ) : (
      <ReportTrouble error={samples.error} onRetry={() => void samples.refetch()} />
    );
  }
  return (
    <ul className="sql-samples">
      {samples.data.items.map((sample) => (
        <li key={sample.name}>
          <button type="button" className="sql-pick" onClick={() => onPick(sample.sql)}>
            {sample.question}
          </button>
          {sample.note === "" ? null : <p className="sql-side-note">{sample.note}</p>}
        </li>
      ))}
    </ul>
  );
}
