import { canonicalId } from "./canonical-link.ts";
import { instantMs } from "./instant.ts";
import { idOf, type JsonObject, objectsOf, textOf, textsOf } from "./json-value.ts";
import { bareWord } from "./vocabulary.ts";

/** What queries ask of an event, in one form however it was written: bare words, canonical ids, Unix milliseconds. */
export type EventSummary = {
  eventType: string;
  action: string;
  bizStep: string;
  disposition: string;
  eventTimeMs: number;
  readPoint: string;
  bizLocation: string;
  /** All EPCs, and all EPC classes, whatever their part in the event. */
  epcs: string[];
  classes: string[];
  isDeclaration: boolean;
};

/** The members that hold EPCs, by the part that they play in the event. */
export const EPC_MEMBERS = {
  epc: ["epcList", "childEPCs"],
  parentID: ["parentID"],
  inputEPC: ["inputEPCList"],
  outputEPC: ["outputEPCList"],
} as const;

/** The members that hold quantities of EPC classes. */
export const CLASS_MEMBERS = {
  epcClass: ["quantityList", "childQuantityList"],
  inputEPCClass: ["inputQuantityList"],
  outputEPCClass: ["outputQuantityList"],
} as const;

/** EPCs of some members, as they stand in the event. */
export function epcsIn(event: JsonObject, members: readonly string[]): string[] {
  return members.flatMap((member) => {
    const one = textOf(event[member]);
    return one === null ? textsOf(event[member]) : [one];
  });
}

/** Classes of some members, as they stand in the event. */
export function classesIn(event: JsonObject, members: readonly string[]): string[] {
  return members.flatMap((member) =>
    objectsOf(event[member]).flatMap((element) => textOf(element["epcClass"]) ?? []),
  );
}

/** The summary of a valid event. */
export function summaryOf(event: JsonObject): EventSummary {
  const text = (name: string) => textOf(event[name]) ?? "";
  const epcs = epcsIn(event, Object.values(EPC_MEMBERS).flat());
  const classes = classesIn(event, Object.values(CLASS_MEMBERS).flat());
  return {
    eventType: text("type"),
    action: text("action"),
    bizStep: bareWord("bizStep", text("bizStep")),
    disposition: bareWord("disposition", text("disposition")),
    eventTimeMs: instantMs(text("eventTime")),
    readPoint: canonicalId(idOf(event["readPoint"]) ?? ""),
    bizLocation: canonicalId(idOf(event["bizLocation"]) ?? ""),
    epcs: [...new Set(epcs.map(canonicalId))],
    classes: [...new Set(classes.map(canonicalId))],
    isDeclaration: event["errorDeclaration"] !== undefined,
  };
}
