import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { DeadLetterDetail } from "../../../domain/api/dead-letters.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { LetterState } from "./letters-table.tsx";
import { stepWords } from "./step-words.ts";
import { useDeadLetter, useStep } from "./use-dead-letters.ts";

type LetterDialogProps = { deadLetterId: string; onClose: () => void };

/** One dead letter: its bytes, why it was refused, what was done, and what can be done. */
export function LetterDialog({ deadLetterId, onClose }: LetterDialogProps) {
  const { t } = useTranslation();
  const query = useDeadLetter(deadLetterId);
  const letter = query.data;
  return (
    <Dialog
      title={t("Dead letter")}
      onClose={onClose}
      foot={letter === undefined ? undefined : <LetterActions letter={letter} />}
    >
      {letter === undefined ? (
        <p role="status">{query.error === null ? t("Loading …") : query.error.message}</p>
      ) : (
        <LetterContent letter={letter} />
      )}
    </Dialog>
  );
}

function LetterContent({ letter }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation();
  const [isHex, setHex] = useState(letter.text === null);
  return (
    <div className="letter">
      <div className="letter-head">
        <strong>{letter.topic}</strong>
        <LetterState letter={letter} />
      </div>
      <p>
        <code>{letter.code}</code> {letter.detail}
      </p>
      <p className="muted numeric">
        {t("{{bytes}} bytes · came {{times}} × · first {{first}} · last {{last}}", {
          bytes: formatWhole(letter.sizeBytes),
          times: formatWhole(letter.arrivals),
          first: formatInstant(Date.parse(letter.firstReceivedAt)),
          last: formatInstant(Date.parse(letter.receivedAt)),
        })}
      </p>
      <div className="letter-look">
        <Button
          look={isHex ? "plain" : "primary"}
          disabled={letter.text === null}
          onClick={() => setHex(false)}
        >
          {t("Text")}
        </Button>
        <Button look={isHex ? "primary" : "plain"} onClick={() => setHex(true)}>
          {t("Bytes")}
        </Button>
        <a
          className="button"
          href={`data:application/octet-stream;base64,${letter.payloadBase64}`}
          download={`${letter.deadLetterId}.bin`}
        >
          {t("Download")}
        </a>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must reach it */}
      <pre className="letter-bytes" tabIndex={0} aria-label={isHex ? t("Bytes") : t("Text")}>
        {isHex ? letter.hex : pretty(letter.text ?? "")}
      </pre>
      {letter.steps.length === 0 ? null : (
        <ol className="letter-steps">
          {letter.steps.map((step) => (
            <li key={`${step.at} ${step.action}`}>
              <span className="numeric muted">{formatInstant(Date.parse(step.at))}</span>{" "}
              <strong>{stepWords(t, step.action, step.status)}</strong>{" "}
              {step.code === "" ? "" : `${step.code} `}
              {step.detail} <span className="muted">{t("by {{who}}", { who: step.by })}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function LetterActions({ letter }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation();
  const step = useStep();
  const [note, setNote] = useState<string | null>(null);
  const { deadLetterId } = letter;
  if (letter.state !== "open") {
    return (
      <Button onClick={() => step.mutate({ action: "reopen", deadLetterId })} disabled={step.isPending}>
        {t("Open again")}
      </Button>
    );
  }
  if (note !== null) {
    return (
      <>
        <TextField
          label={t("Why is it worth nothing?")}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button onClick={() => setNote(null)}>{t("Back")}</Button>
        <Button
          look="primary"
          disabled={note.trim() === "" || step.isPending}
          onClick={() => step.mutate({ action: "discard", deadLetterId, note: note.trim() })}
        >
          {t("Discard")}
        </Button>
      </>
    );
  }
  const isTooOld = letter.code === "too_old" || letter.lastStep?.code === "too_old";
  return (
    <>
      <Button onClick={() => setNote("")}>{t("Discard …")}</Button>
      {isTooOld ? (
        <Button
          disabled={step.isPending}
          onClick={() => step.mutate({ action: "replay", deadLetterId, isHistorical: true })}
        >
          {t("Replay in spite of its age")}
        </Button>
      ) : null}
      <Button
        look="primary"
        disabled={step.isPending}
        onClick={() => step.mutate({ action: "replay", deadLetterId, isHistorical: false })}
      >
        {step.isPending ? t("Waiting for ingest …") : t("Replay")}
      </Button>
    </>
  );
}

/** JSON is easier to read indented; whatever is not JSON stays as it came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
