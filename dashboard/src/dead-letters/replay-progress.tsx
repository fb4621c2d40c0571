import type { ReplayJob } from "../../../domain/api/dead-letters.ts";
import { formatWhole } from "../format/number.ts";
import { Button } from "../ui/button.tsx";

type ReplayProgressProps = { job: ReplayJob; onStop: () => void; onClose: () => void };

/** How far a replay of many is, and what became of it. */
export function ReplayProgress({ job, onStop, onClose }: ReplayProgressProps) {
  const words = [
    `${formatWhole(job.accepted)} taken in`,
    job.duplicates === 0 ? "" : `${formatWhole(job.duplicates)} were in the ledger already`,
    job.rejected === 0 ? "" : `${formatWhole(job.rejected)} still refused`,
    job.unknown === 0 ? "" : `${formatWhole(job.unknown)} without an answer`,
    job.state === "stopped" ? job.reason : "",
  ].filter((word) => word !== "");
  const isRunning = job.state === "running";
  return (
    <section className="replay" aria-label="Replay" role="status">
      <progress value={job.tried} max={Math.max(1, job.total)} aria-label="Letters replayed" />
      <span className="numeric">
        {formatWhole(job.tried)} of {formatWhole(job.total)}: {words.join(", ")}
      </span>
      {isRunning ? <Button onClick={onStop}>Stop</Button> : <Button onClick={onClose}>Close</Button>}
    </section>
  );
}
