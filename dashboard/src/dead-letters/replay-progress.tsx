import { useTranslation } from "react-i18next";
import type { ReplayJob } from "../../../domain/api/dead-letters.ts";
import { formatWhole } from "../format/number.ts";
import { Button } from "../ui/button.tsx";

type ReplayProgressProps = { job: ReplayJob; onStop: () => void; onClose: () => void };

/** How far a replay of many is, and what became of it. */
export function ReplayProgress({ job, onStop, onClose }: ReplayProgressProps) {
  const { t } = useTranslation();
  const words = [
    t("{{letters}} taken in", { letters: formatWhole(job.accepted) }),
    job.duplicates === 0
      ? ""
      : t("{{letters}} were in the ledger already", { letters: formatWhole(job.duplicates) }),
    job.rejected === 0 ? "" : t("{{letters}} still refused", { letters: formatWhole(job.rejected) }),
    job.unknown === 0 ? "" : t("{{letters}} without an answer", { letters: formatWhole(job.unknown) }),
    job.state === "stopped" ? job.reason : "",
  ].filter((word) => word !== "");
  const isRunning = job.state === "running";
  return (
    <section className="replay" aria-label={t("Replay")} role="status">
      <progress value={job.tried} max={Math.max(1, job.total)} aria-label={t("Letters replayed")} />
      <span className="numeric">
        {t("{{shown}} of {{total}}", { shown: formatWhole(job.tried), total: formatWhole(job.total) })}:{" "}
        {words.join(", ")}
      </span>
      {isRunning ? (
        <Button onClick={onStop}>{t("Stop")}</Button>
      ) : (
        <Button onClick={onClose}>{t("Close")}</Button>
      )}
    </section>
  );
}
