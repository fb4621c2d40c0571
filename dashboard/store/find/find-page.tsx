import { useTranslation } from "react-i18next";
import { useState } from "react";
import { isLiveTask } from "../../../domain/tasks/task.ts";
import { useWork } from "../app/store-context.tsx";
import { RefusalNote } from "../tasks/refusal-note.tsx";
import type { Refusal } from "../outbox/outbox-entry.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import { TaskCard } from "../tasks/task-card.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { FoundProduct } from "./found-product.tsx";
import { scanWords } from "../scan/scan-words.ts";

/** Where is it? A product by its barcode or one of its tags: here by zone, and elsewhere. Or what is to do for an order, by its number. */
export function FindPage() {
  const { t } = useTranslation();
  const { tasks } = useWork();
  const [orderId, setOrderId] = useState("");
  const [gtin, setGtin] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return (
    <main className="page stack">
      <h1>{t("Find")}</h1>
      <ScanField
        action={t("Find it")}
        placeholder={t("Barcode, tag or order")}
        onScan={(text) => {
          const scanned = parseScan(text);
          const order = orderOf(tasks, text);
          setOrderId(order ?? "");
          setGtin(scanned.ok && order === null ? scanned.value.gtin : "");
          if (scanned.ok || order !== null) setRefusal(null);
          else
            setRefusal({
              status: 0,
              code: scanned.code,
              title: t("Not read"),
              detail: `${scanWords(t, scanned)}.`,
            });
        }}
      />
      <RefusalNote refusal={refusal} onClose={() => setRefusal(null)} />
      {gtin === "" && orderId === "" ? (
        <p className="muted">
          {t(
            "Scan a product to see where it is here, and which other stores have it; or type the number of an order that is to be handed over here.",
          )}
        </p>
      ) : null}
      {gtin === "" ? null : <FoundProduct key={gtin} gtin={gtin} />}
      {orderId === "" ? null : (
        <ul className="cards" aria-label={t("Tasks of order {{orderId}}", { orderId })}>
          {tasks
            .filter(({ task }) => task.orderId === orderId && isLiveTask(task))
            .map((one) => (
              <TaskCard key={one.task.taskId} board={one} showsOwner />
            ))}
        </ul>
      )}
    </main>
  );
}

/** The order that a number means, in whichever case it was typed; null when nothing is to do here for one. */
function orderOf(tasks: readonly BoardTask[], text: string): string | null {
  const typed = text.trim().toLowerCase();
  const found = tasks.find(({ task }) => isLiveTask(task) && task.orderId?.toLowerCase() === typed);
  return found?.task.orderId ?? null;
}
