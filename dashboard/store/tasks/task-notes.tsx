import { useTranslation } from "react-i18next";
import { useState } from "react";
import { formatInstant } from "../../src/format/number.ts";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import type { Press } from "./use-press.ts";

/** What people said of it, and work that came too late to count until somebody says that they looked. */
export function TaskNotes({ board, pressing }: { board: BoardTask; pressing: Press }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { notes } = board.task;
  const isOpen = notes.some((note) => note.kind === "conflict" && !note.isSettled);
  return (
    <details className="card" open={isOpen}>
      <summary>
        {notes.length === 0 ? t("Say something about it") : t("Notes ({{notes}})", { notes: notes.length })}
      </summary>
      <div className="stack">
        <ul className="notes">
          {notes.map((note) => (
            <li key={`${note.at} ${note.text}`}>
              <p className="muted">{`${note.actor.id}, ${formatInstant(Date.parse(note.occurredAt))}`}</p>
              <p>
                {note.kind === "conflict" ? <strong>{t("Too late to count:")} </strong> : null}
                {note.text}
              </p>
            </li>
          ))}
        </ul>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const said = text.trim();
            if (said === "") return;
            setText("");
            const body = { text: said, settles: isOpen };
            void pressing.press({
              board,
              command: "comment",
              body,
              words: t("Said: {{text}}", { text: said }),
            });
          }}
        >
          <TextField
            label={isOpen ? t("What became of it?") : t("Note for colleagues")}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" className="big" disabled={text.trim() === ""}>
            {isOpen ? t("I looked, it is settled") : t("Add the note")}
          </Button>
        </form>
      </div>
    </details>
  );
}
