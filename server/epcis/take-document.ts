import type { JsonObject, JsonValue } from "../../domain/epcis/json-value.ts";
import { isJsonObject, textOf } from "../../domain/epcis/json-value.ts";
import { namespacesOf } from "../../domain/epcis/namespaces.ts";
import { withNamespaces } from "../../domain/epcis/own-context.ts";
import { PROBLEMS, type ProblemCode } from "../problems.ts";
import type { CaptureError, EventOutcome } from "./capture-outcome.ts";
import type { CaptureJob } from "./capture-store.ts";
import { eventHashId } from "./event-hash.ts";
import type { EventStore, KnownEvent, NewEvent } from "./event-store.ts";
import type { EpcisValidator, OpenedDocument } from "./validate.ts";

/** A captured event whose stock is still to be moved, with what its error declaration is about. */
export type TakenEvent = NewEvent & {
  index: number;
  /** The same event without the declaration, where this one declares it wrong; null otherwise or when it is not known. */
  declared: JsonObject | null;
  /** It was declared wrong before it came: it is kept and moves nothing. */
  isDeclaredWrong: boolean;
};

export type TakenDocument = { taken: TakenEvent[]; events: EventOutcome[]; errors: CaptureError[] };

/**
 * Gives each event its id, judges repeats, and writes those that are new in one INSERT. With `rollback` one fault means that
 * none is written. Taking the same job again writes nothing twice.
 */
export async function takeDocument(
  deps: { validator: EpcisValidator; store: EventStore; nowMs(): number },
  job: CaptureJob,
  document: OpenedDocument,
): Promise<TakenDocument> {
  const { errors, candidates } = candidatesOf(deps.validator, document);
  const known = groupById(await deps.store.known([...new Set(candidates.map((one) => one.eventId))]));
  const fresh: TakenEvent[] = [];
  const events: EventOutcome[] = errors.map((error) => outcomeOf(error.event, "", "rejected"));
  for (const one of candidates) {
    // What this job itself has written is known as from before a stop: it is judged again, in the same way.
    const before = (known.get(one.eventId) ?? []).filter((other) => other.captureId !== job.captureId);
    const same = before.find((other) => other.isDeclaration === one.isDeclaration);
    if (same !== undefined && same.hashId !== one.hashId) {
      const detail = `Another event with the id ${one.eventId} is in the repository.`;
      errors.push(captureError("epcis_event_exists", detail, one.index));
      events.push(outcomeOf(one.index, one.eventId, "rejected"));
    } else if (same !== undefined) {
      events.push(outcomeOf(one.index, one.eventId, "duplicate"));
    } else {
      const other = before.find(({ isDeclaration }) => isDeclaration !== one.isDeclaration);
      fresh.push({
        ...one,
        declared: one.isDeclaration ? (other?.event ?? null) : null,
        isDeclaredWrong: !one.isDeclaration && other !== undefined,
      });
      events.push(outcomeOf(one.index, one.eventId, "captured"));
      known.set(one.eventId, [...(known.get(one.eventId) ?? []), { ...one, captureId: EARLIER_IN_DOCUMENT }]);
    }
  }
  if (errors.length > 0 && job.errorBehaviour === "rollback") {
    return { taken: [], events: events.map((one) => ({ ...one, status: "rejected" as const })), errors };
  }
  const isWritten = [...known.values()].flat().some((one) => one.captureId === job.captureId);
  if (!isWritten && fresh.length > 0) await deps.store.insert(job.captureId, fresh, deps.nowMs());
  return { taken: fresh, events: events.sort((a, b) => a.event - b.event), errors };
}

const EARLIER_IN_DOCUMENT = "";

/** Events that pass the rules, each with its id; the others as errors. */
function candidatesOf(validator: EpcisValidator, { context, events }: OpenedDocument) {
  const around = namespacesOf(context);
  const errors: CaptureError[] = [];
  const candidates: (NewEvent & { index: number })[] = [];
  for (const [index, event] of events.entries()) {
    const faults = validator.faultsOfEvent(event);
    const fault = faults[0];
    if (fault !== undefined || !isJsonObject(event)) {
      const detail = `${fault?.at ?? ""} ${fault?.reason ?? "is no event"}.`.trim();
      errors.push(captureError("epcis_validation_failed", detail, index));
      continue;
    }
    candidates.push({ index, ...identified(event, context, eventHashId(event, around)) });
  }
  return { errors, candidates };
}

/** An event with its id: the one that it brings, else its hash id. */
export function identified(event: JsonObject, context: JsonValue | undefined, hashId: string): NewEvent {
  return {
    event: withNamespaces(event, context),
    eventId: textOf(event["eventID"]) ?? hashId,
    hashId,
    isDeclaration: event["errorDeclaration"] !== undefined,
  };
}

function groupById(known: readonly KnownEvent[]): Map<string, KnownEvent[]> {
  const byId = new Map<string, KnownEvent[]>();
  for (const one of known) byId.set(one.eventId, [...(byId.get(one.eventId) ?? []), one]);
  return byId;
}

export function captureError(code: ProblemCode, detail: string, event: number): CaptureError {
  const { title, status, type } = problemWords(code);
  return { type, title, status, detail, event };
}

function problemWords(code: ProblemCode): { title: string; status: number; type: string } {
  const entry: { title: string; status: number; type?: string } = PROBLEMS[code];
  return { title: entry.title, status: entry.status, type: entry.type ?? `/docs#problem-${code}` };
}

function outcomeOf(event: number, eventID: string, status: EventOutcome["status"]): EventOutcome {
  return { event, eventID, status, published: [], left: [] };
}
