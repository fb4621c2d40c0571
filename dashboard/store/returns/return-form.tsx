import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { ApiProblem } from "../../../client/api-problem.ts";
import type { Purchase, Return, ReturnWish } from "../../../domain/returns/return.ts";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { ChoiceList } from "../form/choice-list.tsx";
import { CommandNote } from "../form/command-note.tsx";
import type { Refusal } from "../outbox/outbox-entry.ts";
import { parseScan, type Scan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import { RefusalNote } from "../tasks/refusal-note.tsx";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";
import { type ExchangeLine, exchangeWith, exchangeWish } from "./exchange-draft.ts";
import { ExchangePart } from "./exchange-part.tsx";
import { draftOf, originOf, scanInto, wishedLines } from "./return-draft.ts";
import { ReturnLineCard } from "./return-line-card.tsx";
import { boughtText, refusedWords, unclearWords } from "./return-words.ts";
import { scanWords } from "../scan/scan-words.ts";

type ReturnFormProps = {
  purchase: Purchase;
  /** What was scanned to find it: it comes back. */
  scan: Scan | null;
  /** `takenOut`: the very items that the customer takes instead. */
  onTaken: (one: Return, takenOut: readonly string[]) => void;
  onClose: () => void;
};

/** Which of what was bought comes back, why, and in which condition; and what the customer takes instead. */
export function ReturnForm({ purchase, scan, onTaken, onClose }: ReturnFormProps) {
  const { t } = useTranslation();
  const { client } = useStore();
  const { facts, connection } = useWork();
  const here = facts.location?.locationId ?? "";
  const [lines, setLines] = useState(() => {
    const draft = draftOf(purchase);
    const first = scan === null ? null : scanInto(draft, scan);
    return first?.ok === true ? first.value : draft;
  });
  const [exchange, setExchange] = useState<readonly ExchangeLine[] | null>(null);
  const [isScanningOut, setScanningOut] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [unclear, setUnclear] = useState<readonly string[]>([]);
  const [override, setOverride] = useState("");

  function refuseScan(title: string, detail: string): void {
    // Whoever scans looks at the goods, not at the screen.
    if ("vibrate" in navigator) navigator.vibrate([200, 80, 200]);
    setRefusal({ status: 0, code: "wrong_scan", title, detail });
  }

  function isShown(problem: ApiProblem): boolean {
    if (problem.code !== "return_not_clear") return false;
    setUnclear(unclearWords(t, problem));
    return true;
  }

  const take = useCommand((wish: ReturnWish, options) => client.returns.take(wish, options), isShown);
  const isLocked = take.isSending || take.failure?.isUnknown === true;

  async function scanned(text: string): Promise<void> {
    if (isLocked) return;
    const read = parseScan(text);
    if (!read.ok) return refuseScan(t("Not read"), `${scanWords(t, read)}.`);
    setRefusal(null);
    if (isScanningOut) {
      const product = await client.products.get(read.value.gtin).catch(() => null);
      if (product === null) return refuseScan(t("Not known"), t("This product is not in the product list."));
      return setExchange((before) => exchangeWith(before ?? [], product, read.value.epc));
    }
    const next = scanInto(lines, read.value);
    if (next.ok) setLines(next.value);
    else refuseScan(t("Not counted"), refusedWords(t, next));
  }

  const wished = wishedLines(lines);
  const isReady = wished !== null && (unclear.length === 0 || override.trim() !== "");
  const isExchange = exchange !== null && exchange.length > 0;

  async function press(): Promise<void> {
    if (wished === null) return;
    const one = await take.send({
      locationId: here,
      channel: "store",
      actor: selfOf(facts),
      ...originOf(purchase.boughtIn),
      lines: wished,
      ...(unclear.length === 0 ? {} : { override: override.trim() }),
      ...(isExchange ? { exchange: exchangeWish(exchange, here) } : {}),
    });
    if (one !== null)
      onTaken(
        one,
        (exchange ?? []).flatMap(({ epcs }) => epcs),
      );
  }

  return (
    <>
      <p className="strong">{boughtText(t, purchase.boughtIn)}</p>
      {exchange === null ? null : (
        <ChoiceList
          legend={t("What do you scan?")}
          isRow
          value={isScanningOut ? "out" : "back"}
          onChange={(which) => setScanningOut(which === "out")}
          choices={[
            { value: "back", title: t("Comes back") },
            { value: "out", title: t("They take instead") },
          ]}
        />
      )}
      <ScanField onScan={(text) => void scanned(text)} />
      <RefusalNote refusal={refusal} onClose={() => setRefusal(null)} />
      <fieldset className="plain-fieldset stack" disabled={isLocked}>
        {exchange === null ? null : (
          <ExchangePart
            lines={exchange}
            onChange={setExchange}
            onEnd={() => {
              setExchange(null);
              setScanningOut(false);
            }}
          />
        )}
        <ul className="cards">
          {lines.map((line, index) => (
            <ReturnLineCard
              key={line.lineId ?? line.gtin}
              line={line}
              onChange={(changed) => setLines(lines.with(index, changed))}
            />
          ))}
        </ul>
        {lines.length === 0 ? <p className="muted">{t("Scan or type what comes back.")}</p> : null}
        {exchange === null ? (
          <Button
            className="big"
            onClick={() => {
              setExchange([]);
              setScanningOut(true);
            }}
          >
            {t("They take something else instead …")}
          </Button>
        ) : null}
        {unclear.length === 0 ? null : (
          <div className="refusal-note plain" role="alert">
            <div className="stack">
              <strong>{t("This does not fit. Nothing was taken back.")}</strong>
              {unclear.map((words) => (
                <p key={words}>{words}</p>
              ))}
              <TextField
                label={t("Why is it taken back all the same?")}
                maxLength={500}
                value={override}
                onChange={(event) => setOverride(event.target.value)}
              />
            </div>
          </div>
        )}
      </fieldset>
      <CommandNote
        command={take}
        why={t("A return counts when the ledger has it.")}
        unchanged={t("Nothing was taken back.")}
      />
      {wished === null && lines.some(({ quantity }) => quantity > 0) ? (
        <p className="muted">{t("Say why each of them comes back.")}</p>
      ) : null}
      <Button
        look="primary"
        className="huge"
        disabled={!isReady || take.isSending || connection === "offline"}
        onClick={() => void press()}
      >
        {take.isSending ? t("Taking it back …") : isExchange ? t("Exchange") : t("Take it back")}
      </Button>
      <Button className="big" disabled={isLocked} onClick={onClose}>
        {t("Do not take it back")}
      </Button>
    </>
  );
}
