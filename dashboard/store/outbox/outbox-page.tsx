import { useTranslation } from "react-i18next";
import { formatInstant } from "../../src/format/number.ts";
import { Button } from "../../src/ui/button.tsx";
import { Notice } from "../../src/ui/notice.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { RefusedEntries } from "./refused-entries.tsx";

/** What was done on this device and the server does not have yet, in the order in which it goes out. */
export function OutboxPage() {
  const { t } = useTranslation();
  const { board } = useStore();
  const { entries, facts } = useWork();
  const waiting = entries.filter(({ refusal }) => refusal === null);
  const refused = entries.filter(({ refusal }) => refusal !== null);
  return (
    <main className="page stack">
      <h1>{t("Outbox")}</h1>
      <RefusedEntries entries={refused} />
      {entries.length === 0 ? (
        <Notice icon="check" title={t("All is sent")}>
          {t("What you do while the network is away waits here.")}
        </Notice>
      ) : null}
      {waiting.length === 0 ? null : (
        <>
          <Button className="big" onClick={board.wake}>
            {t("Try to send now")}
          </Button>
          <ol className="cards" aria-label={t("To be sent")}>
            {waiting.map((entry) => (
              <li key={entry.seq} className="card" data-testid="waiting">
                <strong>{entry.words}</strong>
                <p className="muted">
                  {formatInstant(entry.pressedAtMs)}
                  {entry.locationId === facts.location?.locationId
                    ? ""
                    : `. ${t("It is work of {{location}}: sign in there to send it.", { location: entry.locationId })}`}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </main>
  );
}
