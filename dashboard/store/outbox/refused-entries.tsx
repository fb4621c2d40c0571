import { formatInstant } from "../../src/format/number.ts";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import { useStore } from "../app/store-context.tsx";
import type { OutboxEntry } from "./outbox-entry.ts";

/** Actions that were not taken: what was done here, why it did not count, and the way on. They stay until somebody has read them. */
export function RefusedEntries({ entries }: { entries: readonly OutboxEntry[] }) {
  const { board } = useStore();
  return entries.map((entry) => (
    <section key={entry.seq} className="refusal-note" data-testid="refused" aria-label="Not taken">
      <Icon name="warning" size={28} />
      <div className="stack">
        <p>
          <strong>{`Not taken: ${entry.words}`}</strong>
        </p>
        <p>{`You did this ${formatInstant(entry.pressedAtMs)}. ${adviceOf(entry)}`}</p>
        <p className="muted">{`${entry.refusal?.title ?? ""}: ${entry.refusal?.detail ?? ""}`}</p>
        <div className="line-buttons">
          <Button className="big" look="primary" onClick={() => void board.acknowledge(entry.seq)}>
            I have read it
          </Button>
          {entry.refusal !== null && entry.refusal.status >= 500 ? (
            <Button className="big" onClick={() => void board.sendAgain(entry.seq)}>
              Send again
            </Button>
          ) : null}
        </div>
      </div>
    </section>
  ));
}

function adviceOf({ refusal, command }: OutboxEntry): string {
  if (refusal?.code === "task_state") {
    return command === "accept" || command === "release"
      ? "Somebody else was first."
      : "Somebody else was first, or it is not wanted any more. What you did is noted on the task; look where the goods are now.";
  }
  if (refusal !== null && refusal.status >= 500)
    return "The server failed at it several times; it may or may not count.";
  return "Nothing was changed by it.";
}
