import { formatSigned, formatWhole } from "../format/number.ts";
import { useNowMs } from "./clock.ts";
import "./live-number.css";

const SHOWN_MS = 2000;

type LiveNumberProps = { value: number; change: { delta: number; atMs: number } | null };

/**
 * A number that changes before the eyes: for two seconds it stands on blue when it rose and on orange when it fell, with the
 * change beside it. Without motion the change is shown still for as long. It is not announced: thousands would be.
 */
export function LiveNumber({ value, change }: LiveNumberProps) {
  const nowMs = useNowMs();
  // The clock ticks by the second and may be behind the change.
  const recent = change !== null && nowMs - change.atMs < SHOWN_MS ? change : null;
  if (recent === null) return <span className="live-number">{formatWhole(value)}</span>;
  return (
    // A new key starts the animation anew.
    <span key={recent.atMs} className={`live-number ${recent.delta > 0 ? "rise" : "fall"}`}>
      <span className="live-number-delta" aria-hidden="true">
        {formatSigned(recent.delta)}
      </span>
      {formatWhole(value)}
    </span>
  );
}
