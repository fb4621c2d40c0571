import { useTranslation } from "react-i18next";
import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { isParcel } from "./task-words.ts";
import type { Press } from "./use-press.ts";

const KEY = "onhand.store.place";

/** Where the goods lie: whoever hands them over will look there. The last place is offered again. */
export function StageForm({ board, pressing }: { board: BoardTask; pressing: Press }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(() => board.task.place ?? lastPlace());
  const label = isParcel(board.task) ? t("Packed for the carrier") : t("Ready for the customer");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const at = place.trim();
        keepPlace(at);
        void pressing.press({
          board,
          command: "done",
          body: at === "" ? {} : { place: at },
          words: at === "" ? t("Ready") : t("Ready, at {{place}}", { place: at }),
        });
      }}
    >
      <TextField
        label={t("Where did you put it?")}
        placeholder={t("Shelf B3")}
        maxLength={100}
        autoComplete="off"
        value={place}
        onChange={(event) => setPlace(event.target.value)}
      />
      <Button type="submit" look="primary" className="huge">
        {label}
      </Button>
    </form>
  );
}

function lastPlace(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function keepPlace(place: string): void {
  try {
    sessionStorage.setItem(KEY, place);
  } catch {
    // Typed anew the next time.
  }
}
