import type { MessageBody, TillLine, Timeline } from "../message.ts";
import { encodeReads } from "./encode-reads.ts";

/** A message's bytes as text. Pure: the same body and timeline give the same text. */
export function encodeMessage(body: MessageBody, timeline: Timeline, locationId: string): string {
  const toInstant = (simulatedMs: number): string => new Date(timeline.toUnixMs(simulatedMs)).toISOString();
  switch (body.kind) {
    case "reads":
      return encodeReads(body, timeline);
    case "sale":
    case "return":
      return JSON.stringify({
        ...(body.eventId === null ? {} : { eventId: body.eventId }),
        type: body.kind,
        locationId,
        terminalId: body.terminalId,
        transactionId: body.transactionId,
        sequence: body.sequence,
        occurredAt: toInstant(body.atMs),
        lines: body.lines.map((line) => encodeLine(line, body.kind)),
      });
    case "void":
      return JSON.stringify({
        eventId: body.eventId,
        type: "void",
        locationId,
        terminalId: body.terminalId,
        transactionId: body.voidedTransactionId,
        sequence: body.sequence,
        occurredAt: toInstant(body.atMs),
        voids: {
          transactionId: body.voidedTransactionId,
          ...(body.lineNos === null ? {} : { lineNos: body.lineNos }),
        },
      });
    case "receipt":
      return JSON.stringify({
        type: "receipt",
        eventId: body.eventId,
        locationId,
        occurredAt: body.atMs === null ? new Date(timeline.openingMs).toISOString() : toInstant(body.atMs),
        note: body.note,
        lines: body.lines.map((line) => (line.epcs.length === 0 ? { ...line, epcs: undefined } : line)),
      });
    default:
      return body satisfies never;
  }
}

function encodeLine(line: TillLine, type: "sale" | "return"): Record<string, unknown> {
  return {
    lineNo: line.lineNo,
    type,
    gtin: line.gtin,
    ...(line.epcHex === "" ? {} : { epc: line.epcHex }),
    quantity: 1,
    unitPrice: line.unitPrice,
    currency: "EUR",
    ...(type === "return" ? { restock: true, state: line.state ?? "sellable" } : {}),
  };
}
