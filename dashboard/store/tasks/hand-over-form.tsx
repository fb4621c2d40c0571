import { useTranslation } from "react-i18next";
import { useState } from "react";
import { openUnits } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useWork } from "../app/store-context.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { isParcel, unitsText } from "./task-words.ts";
import type { Press } from "./use-press.ts";

type FormProps = { board: BoardTask; pressing: Press };

/** To a customer by their code, or to a carrier. */
export function HandOverForm({ board, pressing }: FormProps) {
  return isParcel(board.task) ? (
    <ParcelForm board={board} pressing={pressing} />
  ) : (
    <CustomerForm board={board} pressing={pressing} />
  );
}

function CustomerForm({ board, pressing }: FormProps) {
  const { t } = useTranslation();
  const { connection } = useWork();
  const [code, setCode] = useState("");
  const [isChecked, setChecked] = useState(false);
  const isCode = /^\d{6}$/.test(code);
  const unscanned = board.task.lines.reduce((sum, line) => sum + openUnits(line), 0);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isCode && !isChecked) return;
        void pressing.press({
          board,
          command: "done",
          body: isCode ? { code } : { staffChecked: true },
          words: isCode ? t("Handed over, with the code") : t("Handed over, identity checked"),
        });
      }}
    >
      <TextField
        label={t("Pickup code")}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        pattern="\d{6}"
        className="input code-input"
        value={code}
        onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ""))}
      />
      <label className="check big">
        <input type="checkbox" checked={isChecked} onChange={(event) => setChecked(event.target.checked)} />
        {t("No code: I made sure who it is")}
      </label>
      {connection === "offline" ? (
        <p className="muted">
          {t("The network is away: the code is checked later. Look at the customer's confirmation as well.")}
        </p>
      ) : null}
      {unscanned === 0 ? null : (
        <p className="muted">
          {t("Not scanned: {{units}}. Scan the goods to be sure.", { units: unitsText(t, unscanned) })}
        </p>
      )}
      <Button type="submit" look="primary" className="huge" disabled={!isCode && !isChecked}>
        {t("Hand over")}
      </Button>
    </form>
  );
}

function ParcelForm({ board, pressing }: FormProps) {
  const { t } = useTranslation();
  const [carrier, setCarrier] = useState("");
  const [trackingNumber, setTrackingNumber] = useState("");
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const named = {
          ...(carrier.trim() === "" ? {} : { carrier: carrier.trim() }),
          ...(trackingNumber.trim() === "" ? {} : { trackingNumber: trackingNumber.trim() }),
        };
        void pressing.press({ board, command: "done", body: named, words: t("Given to the carrier") });
      }}
    >
      <TextField
        label={t("Carrier")}
        maxLength={100}
        value={carrier}
        onChange={(event) => setCarrier(event.target.value)}
      />
      <TextField
        label={t("Tracking number")}
        autoComplete="off"
        maxLength={100}
        value={trackingNumber}
        onChange={(event) => setTrackingNumber(event.target.value)}
      />
      <Button type="submit" look="primary" className="huge">
        {t("Given to the carrier")}
      </Button>
    </form>
  );
}
