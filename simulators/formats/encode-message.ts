import type { MessageBody, StockLine, TillLine, Timeline } from "../message.ts";
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
        lines: body.lines.map(encodeStockLine),
      });
    case "position":
    case "transfer_out":
    case "transfer_in":
    case "count_started":
    case "count_ended":
    case "count_reads":
      return encodeStockEvent(body, toInstant, timeline, locationId);
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

type OtherStockBody = Extract<
  MessageBody,
  { kind: "position" | "transfer_out" | "transfer_in" | "count_started" | "count_ended" | "count_reads" }
>;

function encodeStockEvent(
  body: OtherStockBody,
  toInstant: (simulatedMs: number) => string,
  timeline: Timeline,
  locationId: string,
): string {
  const occurredAt =
    body.kind === "position" ? new Date(timeline.openingMs).toISOString() : toInstant(body.atMs);
  const head = { type: body.kind, eventId: body.eventId, locationId, occurredAt };
  switch (body.kind) {
    case "position":
      return JSON.stringify({ ...head, lines: body.lines.map(encodeStockLine) });
    case "transfer_out":
    case "transfer_in": {
      const { transferId, otherLocationId: other } = body;
      const way = body.kind === "transfer_out" ? { to: other } : { from: other };
      return JSON.stringify({ ...head, transferId, ...way, lines: body.lines.map(encodeStockLine) });
    }
    case "count_started":
      return JSON.stringify({ ...head, countId: body.countId, startedAt: occurredAt });
    case "count_ended":
      return JSON.stringify({ ...head, countId: body.countId });
    case "count_reads": {
      const epcs = body.epcs.map(({ epcHex, capturedAtMs, zoneId }) => ({
        epc: epcHex,
        capturedAt: toInstant(capturedAtMs),
        zoneId,
      }));
      const quantities = body.quantities?.map(({ gtin, quantity, capturedAtMs }) => ({
        gtin,
        quantity,
        capturedAt: toInstant(capturedAtMs),
      }));
      return JSON.stringify({ ...head, countId: body.countId, epcs, quantities });
    }
    default:
      return body satisfies never;
  }
}

function encodeStockLine(line: StockLine): Record<string, unknown> {
  const { gtin, quantity, epcs } = line;
  return epcs.length === 0 ? { gtin, quantity } : { gtin, quantity, epcs };
}
