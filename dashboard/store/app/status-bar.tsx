import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { ageSeconds, formatAge } from "../../src/format/age.ts";
import { Button } from "../../src/ui/button.tsx";
import { useNowMs } from "../../src/ui/clock.ts";
import { Icon } from "../../src/ui/icon.tsx";
import { newerPage } from "../worker/register-worker.ts";
import { useWork } from "./store-context.tsx";

/** Says whether what is shown is the newest, since when not, how much waits to be sent, and what was not taken. */
export function StatusBar() {
  const { connection, offlineSinceMs, entries, problem, facts } = useWork();
  const isNewer = useSyncExternalStore(newerPage.subscribe, newerPage.isReady);
  const waiting = entries.filter(({ refusal }) => refusal === null).length;
  const refused = entries.length - waiting;
  const sent = waiting === 0 ? "Nothing waits to be sent." : `${actions(waiting)} to be sent.`;
  return (
    <div className="status" role="status">
      {connection === "offline" ? (
        <p className="banner" data-testid="offline">
          <Icon name="warning" />
          <span>
            <strong>Offline</strong> since <Since atMs={offlineSinceMs} />. Go on working: {sent}
          </span>
        </p>
      ) : null}
      {connection === "signed_out" ? (
        <Link className="banner" to="/device">
          <Icon name="key" />
          <span>
            <strong>Your session has ended.</strong> Sign in again. {sent}
          </span>
        </Link>
      ) : null}
      {problem === null ? null : (
        <p className="banner">
          <Icon name="warning" />
          <span>
            Not the newest: {problem.message} Last read{" "}
            {facts.lastHeardAtMs === null ? "never" : <Since atMs={facts.lastHeardAtMs} />}.
          </span>
        </p>
      )}
      {refused === 0 ? null : (
        <Link className="banner bad" to="/outbox">
          <Icon name="warning" />
          <span>
            <strong>{`${refused === 1 ? "1 action was" : `${refused} actions were`} not taken.`}</strong> Read
            why.
          </span>
        </Link>
      )}
      {isNewer ? (
        <p className="banner calm">
          <span>There is a newer version of this page.</span>
          <Button className="big" onClick={newerPage.take}>
            Use it
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function actions(count: number): string {
  return count === 1 ? "1 action waits" : `${count} actions wait`;
}

/** A clock time and an age that ticks; the age is not read out each second. */
function Since({ atMs }: { atMs: number | null }) {
  const nowMs = useNowMs();
  if (atMs === null) return <>now</>;
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(atMs);
  return (
    <>
      {time} <span aria-hidden="true">({formatAge(ageSeconds(atMs, nowMs))})</span>
    </>
  );
}
