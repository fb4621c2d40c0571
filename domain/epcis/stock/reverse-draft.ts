import { CAPTURE_SOURCE, type StockDraft } from "./stock-drafts.ts";

/**
 * What takes back what a draft did, now that its event is declared wrong; null where nothing can: goods that were shipped or
 * seen somewhere are where they are, and a person or the next read says where.
 */
export function reverseOf(draft: StockDraft, declaredAt: string): StockDraft | null {
  if (draft.kind === "reads") return null;
  const { locationId } = draft;
  if (draft.kind === "till") {
    const { transactionId } = draft.event;
    const id = `${transactionId}.reversed`;
    const event = { type: "void", eventId: id, transactionId: id, terminalId: CAPTURE_SOURCE } as const;
    return {
      kind: "till",
      locationId,
      event: { ...event, occurredAt: declaredAt, voids: { transactionId } },
    };
  }
  const { event } = draft;
  if (event.type !== "receipt" && event.type !== "adjustment") return null;
  return {
    kind: "stock",
    locationId,
    event: {
      type: "adjustment",
      eventId: `${event.eventId}.reversed`,
      occurredAt: declaredAt,
      note: "EPCIS error declaration",
      lines: event.lines.map(({ gtin, state, quantity }) => ({ gtin, state, quantity: -quantity })),
    },
  };
}
