import { ageSeconds, formatAge } from "../format/age.ts";
import { type LiveStatus } from "../live/live-stock.ts";
import { useLive, useLiveStatus } from "../live/live-context.tsx";
import { useNowMs } from "../ui/clock.ts";
import "./connection-pill.css";

/** Says whether the numbers are the newest, and how old they are when not. */
export function ConnectionPill() {
  const { isOpen } = useLive();
  const status = useLiveStatus();
  const nowMs = useNowMs();
  const age = status.lastHeardAtMs === null ? null : formatAge(ageSeconds(status.lastHeardAtMs, nowMs));
  if (!isOpen) return null;
  return (
    <span className={`connection ${status.state}`} title={status.problem?.detail ?? explain(status)}>
      <span className="connection-dot" aria-hidden="true" />
      {/* The word is announced when it changes; the age beside it ticks in silence. */}
      <span role="status">{word(status)}</span>
      {status.state === "live" || status.state === "connecting" || age === null ? null : (
        <span className="numeric" aria-hidden="true">
          data {age} old
        </span>
      )}
    </span>
  );
}

function word({ state }: LiveStatus): string {
  switch (state) {
    case "live":
      return "Live";
    case "connecting":
      return "Connecting";
    case "stale":
      return "Reconnecting";
    case "offline":
      return "Offline";
    default:
      return state satisfies never;
  }
}

function explain({ state }: LiveStatus): string {
  return state === "live"
    ? "Numbers change here as they change in the stores."
    : "Numbers are as they were when the server was last heard.";
}
