import { useTranslation } from "react-i18next";
import { useState } from "react";
import { openUnits, type TaskLine } from "../../../domain/tasks/task.ts";
import { Button } from "../../src/ui/button.tsx";
import { ProductPrice } from "../find/product-price.tsx";
import { parseScan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { RefusalNote } from "./refusal-note.tsx";
import { ShortDialog } from "./short-dialog.tsx";
import { oneWords } from "./task-words.ts";
import type { Press } from "./use-press.ts";
import { SeenThere } from "../find/seen-there.tsx";
import { scanWords } from "../scan/scan-words.ts";

type TaskLinesProps = { board: BoardTask; isWorkable: boolean; pressing: Press };

/** What is wanted, where it was last seen, and how much of it there is already: scanned, typed, or counted by hand. */
export function TaskLines({ board, isWorkable, pressing }: TaskLinesProps) {
  const { t } = useTranslation();
  const { task } = board;
  const canScan = isWorkable && task.lines.some((line) => openUnits(line) > 0);

  function scan(text: string): void {
    const scanned = parseScan(text);
    if (!scanned.ok) return pressing.refuse(t("Not read"), `${scanWords(t, scanned)}.`);
    const { gtin, epc } = scanned.value;
    const line = task.lines.find((one) => one.gtin === gtin);
    if (line === undefined) {
      return pressing.refuse(t("Wrong product"), t("{{gtin}} is not wanted here. Put it back.", { gtin }));
    }
    const isHandOver = task.kind === "hand_over" || task.kind === "curbside_arrival";
    if (isHandOver && epc !== null && line.epcs.length > 0 && !line.epcs.includes(epc)) {
      return pressing.refuse(
        t("Another item"),
        t("The product is right, but this very item was not picked for this order."),
      );
    }
    const units = epc === null ? { gtin, quantity: 1 } : { gtin, epcs: [epc] };
    void pressing.press({
      board,
      command: "progress",
      body: { lines: [units] },
      words: t("Scanned {{product}}", { product: nameOf(line) }),
    });
  }

  return (
    <section className="stack" aria-label={t("Goods")}>
      {canScan ? <ScanField onScan={scan} /> : null}
      <RefusalNote refusal={pressing.refusal} onClose={pressing.clear} />
      <ul className="cards">
        {task.lines.map((line) => (
          <LineCard key={line.lineId} board={board} line={line} isWorkable={isWorkable} pressing={pressing} />
        ))}
      </ul>
    </section>
  );
}

export function nameOf({ productName, gtin }: TaskLine): string {
  return productName === "" ? gtin : productName;
}

function LineCard({ board, line, isWorkable, pressing }: TaskLinesProps & { line: TaskLine }) {
  const { t } = useTranslation();
  const [isShort, setShort] = useState(false);
  const open = openUnits(line);
  return (
    <li className={open === 0 ? "card line is-complete" : "card line"} data-testid="line">
      <div className="line-head">
        <div>
          <h2>{nameOf(line)}</h2>
          <p className="muted numeric">
            {line.gtin} <ProductPrice gtin={line.gtin} />
          </p>
        </div>
        <p
          className="line-count numeric"
          aria-label={t("{{done}} of {{wanted}} done", { done: line.done, wanted: line.quantity })}
        >
          <strong>{line.done}</strong>/{line.quantity}
        </p>
      </div>
      {line.short === 0 ? null : (
        <p className="line-short">{t("{{units}} not there", { units: line.short })}</p>
      )}
      <Whereabouts line={line} />
      {isWorkable && open > 0 ? (
        <div className="line-buttons">
          <Button
            className="big"
            aria-label={`${oneWords(t)[board.task.kind]}: ${nameOf(line)}`}
            onClick={() =>
              void pressing.press({
                board,
                command: "progress",
                body: { lines: [{ lineId: line.lineId, quantity: 1 }] },
                words: `${oneWords(t)[board.task.kind]}: ${nameOf(line)}`,
              })
            }
          >
            {oneWords(t)[board.task.kind]}
          </Button>
          {canBeShort(board) ? (
            <Button
              className="big"
              aria-label={t("Not there: {{product}}", { product: nameOf(line) })}
              onClick={() => setShort(true)}
            >
              {t("Not there …")}
            </Button>
          ) : null}
        </div>
      ) : null}
      {isShort ? (
        <ShortDialog board={board} line={line} pressing={pressing} onClose={() => setShort(false)} />
      ) : null}
    </li>
  );
}

function canBeShort({ task }: BoardTask): boolean {
  return task.kind === "pick" || task.kind === "check_ghost";
}

function Whereabouts({ line }: { line: TaskLine }) {
  const { t } = useTranslation();
  if (line.lastSeen.length === 0) return <p className="muted">{t("Not seen by a reader.")}</p>;
  return (
    <ul className="whereabouts">
      {line.lastSeen.slice(0, 3).map((place) => (
        <li key={place.zoneId}>
          <strong>{place.zoneName}</strong>{" "}
          <SeenThere units={place.units} atMs={Date.parse(place.lastSeenAt)} />
        </li>
      ))}
    </ul>
  );
}
