import { formatInstant } from "../../src/format/number.ts";
import { Button } from "../../src/ui/button.tsx";
import { Notice } from "../../src/ui/notice.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { RefusedEntries } from "./refused-entries.tsx";

/** What was done on this device and the server does not have yet, in the order in which it goes out. */
export function OutboxPage() {
  const { board } = useStore();
  const { entries, facts } = useWork();
  const waiting = entries.filter(({ refusal }) => refusal === null);
  const refused = entries.filter(({ refusal }) => refusal !== null);
  return (
    <main className="page stack">
      <h1>Outbox</h1>
      <RefusedEntries entries={refused} />
      {entries.length === 0 ? (
        <Notice icon="check" title="All is sent">
          What you do while the network is away waits here.
        </Notice>
      ) : null}
      {waiting.length === 0 ? null : (
        <>
          <Button className="big" onClick={board.wake}>
            Try to send now
          </Button>
          <ol className="cards" aria-label="To be sent">
            {waiting.map((entry) => (
              <li key={entry.seq} className="card" data-testid="waiting">
                <strong>{entry.words}</strong>
                <p className="muted">
                  {formatInstant(entry.pressedAtMs)}
                  {entry.locationId === facts.location?.locationId
                    ? ""
                    : `. It is work of ${entry.locationId}: sign in there to send it.`}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </main>
  );
}
