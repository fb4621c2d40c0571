import type { TFunction } from "i18next";
import type {
  AttentionItem,
  AttentionKind,
  AttentionSource,
  Urgency,
} from "../../../domain/api/attention.ts";
import { causeSchema } from "../../../domain/orders/order-step.ts";
import { taskKindSchema } from "../../../domain/tasks/task.ts";
import { causeWords } from "../orders/order-words.ts";
import { taskKindWords } from "../tasks/task-words.ts";

/** What a thing is, and what leads on. The count stands beside it. */
export function attentionWords(t: TFunction, kind: AttentionKind): { title: string; action: string } {
  switch (kind) {
    case "customers_untold":
      return { title: t("Customers nobody has told"), action: t("Tell them") };
    case "holds_at_risk":
      return { title: t("Holds that stock does not cover"), action: t("Look at the holds") };
    case "tasks_overdue":
      return { title: t("Store tasks overdue"), action: t("Look at the tasks") };
    case "ledger_differs":
      return { title: t("Numbers that differ from the ledger"), action: t("Check the ledger") };
    case "disappointments":
      return { title: t("Customers let down in 24 hours"), action: t("Look at the orders") };
    case "readers_silent":
      return { title: t("Readers not heard"), action: t("Look at the readers") };
    case "dead_letters":
      return { title: t("Messages not understood"), action: t("Deal with them") };
    case "webhooks_failing":
      return { title: t("Webhooks that fail"), action: t("Look at the deliveries") };
    case "misses_unsaved":
      return { title: t("Sales missed in 24 hours, not saved"), action: t("Look at saved sales") };
    case "ghosts":
      return { title: t("Tags read and not believed"), action: t("Look for them") };
    case "losses":
      return { title: t("Left without a sale in 24 hours"), action: t("See what is gone") };
    case "stores_drifting":
      return { title: t("Products wrong at the last count"), action: t("Look at the counts") };
    default:
      return kind satisfies never;
  }
}

export function urgencyWords(t: TFunction, urgency: Urgency): string {
  switch (urgency) {
    case "now":
      return t("Now");
    case "today":
      return t("Today");
    case "watch":
      return t("Money at stake");
    default:
      return urgency satisfies never;
  }
}

export function sourceWords(t: TFunction, source: AttentionSource): string {
  switch (source) {
    case "orders":
      return t("Orders");
    case "holds":
      return t("Holds");
    case "tasks":
      return t("Tasks");
    case "reconciliation":
      return t("Ledger check");
    case "readers":
      return t("Readers");
    case "dead_letters":
      return t("Dead letters");
    case "webhooks":
      return t("Webhooks");
    case "misses":
      return t("Misses");
    case "ghosts":
      return t("Ghosts");
    case "losses":
      return t("Losses");
    case "counts":
      return t("Counts");
    default:
      return source satisfies never;
  }
}

/** A few of the causes in words, the most frequent first. */
export function causesText(t: TFunction, { kind, causes }: AttentionItem, most = 3): string {
  return causes
    .slice(0, most)
    .map(({ cause, count }) => {
      const words = kind === "ledger_differs" ? "" : causeText(t, cause);
      return count > 1 && words !== "" ? `${count} × ${words}` : words;
    })
    .filter((each) => each !== "")
    .join(", ");
}

function causeText(t: TFunction, cause: string): string {
  const ofOrder = causeSchema.safeParse(cause);
  if (ofOrder.success) return causeWords(t)[ofOrder.data];
  const ofTask = taskKindSchema.safeParse(cause);
  return ofTask.success ? taskKindWords(t, ofTask.data) : cause;
}
