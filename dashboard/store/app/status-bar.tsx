import { useTranslation } from "react-i18next";
import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { ageSeconds, formatAge } from "../../src/format/age.ts";
import { Button } from "../../src/ui/button.tsx";
import { useNowMs } from "../../src/ui/clock.ts";
import { Icon } from "../../src/ui/icon.tsx";
import { newerPage } from "../worker/register-worker.ts";
import { useWork } from "./store-context.tsx";
import { dateFormat } from "../../src/format/display-locale.ts";

/** Says whether what is shown is the newest, since when not, how much waits to be sent, and what was not taken. */
export function StatusBar() {
  const { t } = useTranslation();
  const { connection, offlineSinceMs, entries, problem, facts } = useWork();
  const isNewer = useSyncExternalStore(newerPage.subscribe, newerPage.isReady);
  const waiting = entries.filter(({ refusal }) => refusal === null).length;
  const refused = entries.length - waiting;
  const sent =
    waiting === 0
      ? t("Nothing waits to be sent.")
      : t("{{count}} actions wait to be sent.", { count: waiting });
  return (
    <div className="status" role="status">
      {connection === "offline" ? (
        <p className="banner" data-testid="offline">
          <Icon name="warning" />
          <span>
            <strong>{t("Offline")}</strong> {t("since")} <Since atMs={offlineSinceMs} />.{" "}
            {t("Go on working:")} {sent}
          </span>
        </p>
      ) : null}
      {connection === "signed_out" ? (
        <Link className="banner" to="/device">
          <Icon name="key" />
          <span>
            <strong>{t("Your session has ended.")}</strong> {t("Sign in again.")} {sent}
          </span>
        </Link>
      ) : null}
      {problem === null ? null : (
        <p className="banner">
          <Icon name="warning" />
          <span>
            {t("Not the newest: {{reason}}", { reason: problem.message })} {t("Last read")}{" "}
            {facts.lastHeardAtMs === null ? t("never") : <Since atMs={facts.lastHeardAtMs} />}.
          </span>
        </p>
      )}
      {refused === 0 ? null : (
        <Link className="banner bad" to="/outbox">
          <Icon name="warning" />
          <span>
            <strong>{t("{{count}} actions were not taken.", { count: refused })}</strong> {t("Read why.")}
          </span>
        </Link>
      )}
      {isNewer ? (
        <p className="banner calm">
          <span>{t("There is a newer version of this page.")}</span>
          <Button className="big" onClick={newerPage.take}>
            {t("Use it")}
          </Button>
        </p>
      ) : null}
    </div>
  );
}

/** A clock time and an age that ticks; the age is not read out each second. */
function Since({ atMs }: { atMs: number | null }) {
  const { t } = useTranslation();
  const nowMs = useNowMs();
  if (atMs === null) return <>{t("now")}</>;
  const time = dateFormat({ timeStyle: "short" }).format(atMs);
  return (
    <>
      {time} <span aria-hidden="true">({formatAge(ageSeconds(atMs, nowMs))})</span>
    </>
  );
}
