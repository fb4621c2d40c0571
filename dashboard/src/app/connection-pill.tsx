import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { ageSeconds, formatAge } from "../format/age.ts";
import { type LiveStatus } from "../live/live-stock.ts";
import { useLive, useLiveStatus } from "../live/live-context.tsx";
import { useNowMs } from "../ui/clock.ts";
import "./connection-pill.css";

/** Says whether the numbers are the newest, and how old they are when not. */
export function ConnectionPill() {
  const { t } = useTranslation();
  const { isOpen } = useLive();
  const status = useLiveStatus();
  const nowMs = useNowMs();
  const age = status.lastHeardAtMs === null ? null : formatAge(ageSeconds(status.lastHeardAtMs, nowMs));
  if (!isOpen) return null;
  return (
    <span className={`connection ${status.state}`} title={status.problem?.detail ?? explain(t, status)}>
      <span className="connection-dot" aria-hidden="true" />
      {/* The word is announced when it changes; the age beside it ticks in silence. */}
      <span role="status">{word(t, status)}</span>
      {status.state === "live" || status.state === "connecting" || age === null ? null : (
        <span className="numeric" aria-hidden="true">
          {t("data {{age}} old", { age })}
        </span>
      )}
    </span>
  );
}

function word(t: TFunction, { state }: LiveStatus): string {
  switch (state) {
    case "live":
      return t("Live");
    case "connecting":
      return t("Connecting");
    case "stale":
      return t("Reconnecting");
    case "offline":
      return t("Offline");
    default:
      return state satisfies never;
  }
}

function explain(t: TFunction, { state }: LiveStatus): string {
  return state === "live"
    ? t("Numbers change here as they change in the stores.")
    : t("Numbers are as they were when the server was last heard.");
}
