import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { formatInstant } from "../../src/format/number.ts";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import { useStore } from "../app/store-context.tsx";
import type { OutboxEntry } from "./outbox-entry.ts";

/** Actions that were not taken: what was done here, why it did not count, and the way on. They stay until somebody has read them. */
export function RefusedEntries({ entries }: { entries: readonly OutboxEntry[] }) {
  const { t } = useTranslation();
  const { board } = useStore();
  return entries.map((entry) => (
    <section key={entry.seq} className="refusal-note" data-testid="refused" aria-label={t("Not taken")}>
      <Icon name="warning" size={28} />
      <div className="stack">
        <p>
          <strong>{t("Not taken: {{action}}", { action: entry.words })}</strong>
        </p>
        <p>{`${t("You did this {{instant}}.", { instant: formatInstant(entry.pressedAtMs) })} ${adviceOf(t, entry)}`}</p>
        <p className="muted">{`${entry.refusal?.title ?? ""}: ${entry.refusal?.detail ?? ""}`}</p>
        <div className="line-buttons">
          <Button className="big" look="primary" onClick={() => void board.acknowledge(entry.seq)}>
            {t("I have read it")}
          </Button>
          {entry.refusal !== null && entry.refusal.status >= 500 ? (
            <Button className="big" onClick={() => void board.sendAgain(entry.seq)}>
              {t("Send again")}
            </Button>
          ) : null}
        </div>
      </div>
    </section>
  ));
}

function adviceOf(t: TFunction, { refusal, command }: OutboxEntry): string {
  if (refusal?.code === "task_state") {
    return command === "accept" || command === "release"
      ? t("Somebody else was first.")
      : t(
          "Somebody else was first, or it is not wanted any more. What you did is noted on the task; look where the goods are now.",
        );
  }
  if (refusal !== null && refusal.status >= 500)
    return t("The server failed at it several times; it may or may not count.");
  return t("Nothing was changed by it.");
}
