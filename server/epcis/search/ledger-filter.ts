import { epcOfGtin } from "../../../domain/epc/encode-epc.ts";
import { identityOfEpc } from "../../../domain/epc/identity.ts";
import { ledgerTypesFor } from "../../../domain/epcis/own-events/own-events.ts";
import { placeOf } from "../../../domain/epcis/places.ts";
import type { EpcPattern } from "../../../domain/epcis/query/epc-pattern.ts";
import type { EventQuery } from "../../../domain/epcis/query/event-query.ts";
import type { Within } from "../../../domain/epcis/query/matches-query.ts";
import type { Location } from "../../../domain/location.ts";

/** What the rows of the ledger that may answer have in common; empty lists ask for nothing. */
export type LedgerFilter = { eventTypes: string[]; locationIds: string[]; epcs: string[]; gtins: number[] };

const PREFIX_LENGTHS = [6, 7, 8, 9, 10, 11, 12];
const LINK = /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:\/21\/(.+))?$/;

/** Null where no row of the ledger can answer: our own events are observations of goods, by EPC and by number. */
export function ledgerFilterOf(
  query: EventQuery,
  within: Within,
  locations: readonly Location[],
): LedgerFilter | null {
  if (query.eventTypes !== null && !query.eventTypes.includes("ObjectEvent")) return null;
  if (query.actions !== null && !query.actions.includes("OBSERVE")) return null;
  if (query.transformationIds ?? query.persistentSet ?? query.persistentUnset) return null;
  if (query.hasDeclaration === true || (query.errorReasons ?? query.correctiveEventIds)) return null;
  if (query.declarationTime.fromMs !== null || query.declarationTime.beforeMs !== null) return null;
  const { epc, anyEPC, epcClass, anyEPCClass, ...others } = query.matches;
  if (Object.keys(others).length > 0) return null;
  const eventTypes = ledgerTypesFor(query.bizSteps, query.dispositions);
  const locationIds = locationIdsOf(query, within, locations);
  if (eventTypes.length === 0 || locationIds === null) return null;
  const goods = goodsOf(epc ?? anyEPC ?? epcClass ?? anyEPCClass);
  return goods === null ? null : { eventTypes, locationIds, ...goods };
}

/** Locations that the asked places are in; empty = all; null = none of ours. */
function locationIdsOf(query: EventQuery, within: Within, locations: readonly Location[]): string[] | null {
  const places = [query.readPoints, within.readPoints, query.bizLocations, within.bizLocations];
  const asked = places.filter((one) => one !== null);
  if (asked.length === 0) return [];
  const ids = asked.flatMap((uris) =>
    Array.from(uris, (uri) => placeOf(uri, locations)?.locationId ?? []).flat(),
  );
  return ids.length === 0 ? null : [...new Set(ids)];
}

/** Items by their hex, products by their number. A Digital Link may be any of seven items: one for each length of prefix. */
function goodsOf(patterns: readonly EpcPattern[] | undefined): { epcs: string[]; gtins: number[] } | null {
  if (patterns === undefined || patterns.some((one) => one.kind === "company"))
    return { epcs: [], gtins: [] };
  const epcs: string[] = [];
  const gtins: number[] = [];
  for (const pattern of patterns) {
    if (pattern.kind === "company") continue;
    const [, gtin, serial] = LINK.exec(pattern.id) ?? [];
    if (gtin !== undefined && serial === undefined) gtins.push(Number(gtin));
    else if (gtin !== undefined && serial !== undefined) epcs.push(...itemsOf(gtin, serial));
    // Keys other than a GTIN's: too many forms to list, so that all rows are looked at.
    else return { epcs: [], gtins: [] };
  }
  // One list would exclude what the other asks for.
  return epcs.length > 0 && gtins.length > 0 ? { epcs: [], gtins: [] } : { epcs, gtins };
}

function itemsOf(gtin: string, serialText: string): string[] {
  const serial = decoded(serialText);
  return PREFIX_LENGTHS.flatMap((prefixDigits) => {
    const epc = epcOfGtin({ gtin, prefixDigits, serial, filter: 0 });
    return epc.ok ? [identityOfEpc(epc.value)] : [];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
