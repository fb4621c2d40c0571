import { useState } from "react";
import { openUnits, type TaskLine } from "../../../domain/tasks/task.ts";
import { Age } from "../../src/ui/age.tsx";
import { Button } from "../../src/ui/button.tsx";
import { ProductPrice } from "../find/product-price.tsx";
import { parseScan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { RefusalNote } from "./refusal-note.tsx";
import { ShortDialog } from "./short-dialog.tsx";
import { ONE_WORDS } from "./task-words.ts";
import type { Press } from "./use-press.ts";

type TaskLinesProps = { board: BoardTask; isWorkable: boolean; pressing: Press };

/** What is wanted, where it was last seen, and how much of it there is already: scanned, typed, or counted by hand. */
export function TaskLines({ board, isWorkable, pressing }: TaskLinesProps) {
  const { task } = board;
  const canScan = isWorkable && task.lines.some((line) => openUnits(line) > 0);

  function scan(text: string): void {
    const scanned = parseScan(text);
    if (!scanned.ok) return pressing.refuse("Not read", `${scanned.detail}.`);
    const { gtin, epc } = scanned.value;
    const line = task.lines.find((one) => one.gtin === gtin);
    if (line === undefined) {
      return pressing.refuse("Wrong product", `${gtin} is not wanted here. Put it back.`);
    }
    const isHandOver = task.kind === "hand_over" || task.kind === "curbside_arrival";
    if (isHandOver && epc !== null && line.epcs.length > 0 && !line.epcs.includes(epc)) {
      return pressing.refuse(
        "Another item",
        "The product is right, but this very item was not picked for this order.",
      );
    }
    const units = epc === null ? { gtin, quantity: 1 } : { gtin, epcs: [epc] };
    void pressing.press({
      board,
      command: "progress",
      body: { lines: [units] },
      words: `Scanned ${nameOf(line)}`,
    });
  }

  return (
    <section className="stack" aria-label="Goods">
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
        <p className="line-count numeric" aria-label={`${line.done} of ${line.quantity} done`}>
          <strong>{line.done}</strong>/{line.quantity}
        </p>
      </div>
      {line.short === 0 ? null : <p className="line-short">{`${line.short} not there`}</p>}
      <Whereabouts line={line} />
      {isWorkable && open > 0 ? (
        <div className="line-buttons">
          <Button
            className="big"
            aria-label={`${ONE_WORDS[board.task.kind]}: ${nameOf(line)}`}
            onClick={() =>
              void pressing.press({
                board,
                command: "progress",
                body: { lines: [{ lineId: line.lineId, quantity: 1 }] },
                words: `${ONE_WORDS[board.task.kind]}: ${nameOf(line)}`,
              })
            }
          >
            {ONE_WORDS[board.task.kind]}
          </Button>
          {canBeShort(board) ? (
            <Button className="big" aria-label={`Not there: ${nameOf(line)}`} onClick={() => setShort(true)}>
              Not there …
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
  if (line.lastSeen.length === 0) return <p className="muted">Not seen by a reader.</p>;
  return (
    <ul className="whereabouts">
      {line.lastSeen.slice(0, 3).map((place) => (
        <li key={place.zoneId}>
          <strong>{place.zoneName}</strong> {`${place.units} there, seen `}
          <Age atMs={Date.parse(place.lastSeenAt)} /> ago
        </li>
      ))}
    </ul>
  );
}
