import type { TFunction } from "i18next";
import type { PipelineFigure } from "../../../domain/api/pipeline.ts";

/** A figure of the pipeline: what it is, and when it is a bad sign. */
export function figureWords(t: TFunction, figure: PipelineFigure): { title: string; meaning: string } {
  switch (figure) {
    case "intakeHeldBack":
      return { title: t("Senders held back"), meaning: t("Readers and tills wait: a bound is reached.") };
    case "intakeInFlight":
      return { title: t("Messages on their way"), meaning: t("Taken in and not yet on the disk.") };
    case "messages":
      return { title: t("Messages a second"), meaning: t("What readers, tills and others send.") };
    case "reads":
      return { title: t("Tag reads a second"), meaning: t("0 in opening hours: no reader is heard.") };
    case "events":
      return { title: t("Stock events a second"), meaning: t("What changed stock, written to the ledger.") };
    case "ingestLagSeconds":
      return {
        title: t("Ingest lag"),
        meaning: t("Age of the oldest message when it was on the disk. Above 5 s for minutes: too slow."),
      };
    case "ingestBlocked":
      return { title: t("Ledger not writable"), meaning: t("ClickHouse takes nothing; intake waits.") };
    case "movements":
      return { title: t("Movements a second"), meaning: t("Applied to what availability is answered from.") };
    case "projectionLag":
      return {
        title: t("Movements not yet applied"),
        meaning: t("Above 0 for a minute: availability is of a while ago."),
      };
    case "sockets":
      return { title: t("Open sockets"), meaning: t("Storefronts and pages that are told of changes.") };
    case "frames":
      return { title: t("Changes told a second"), meaning: t("Frames that were sent to sockets.") };
    case "webhooksPending":
      return { title: t("Deliveries waiting"), meaning: t("Rising for an hour: a receiver is away.") };
    case "connectorMessagesWaiting":
      return { title: t("Shop messages waiting"), meaning: t("Of connected shops, not taken yet.") };
    case "deadLetters":
      return { title: t("Dead letters a second"), meaning: t("What could not be understood.") };
    default:
      return figure satisfies never;
  }
}

/** The names of the checks in words; the server's own name where there is none. */
export function checkWords(t: TFunction, name: string): string {
  const words: Record<string, string> = {
    database: t("Database"),
    broker: t("Broker"),
    projection: t("Positions in memory"),
    reservations: t("Reservations"),
    reconciliation: t("Check against the ledger"),
    orders: t("Orders"),
    returns: t("Returns"),
    connectors: t("Connected shops"),
    ingest: t("Ingest"),
    disk: t("Disk"),
  };
  return words[name] ?? name;
}
