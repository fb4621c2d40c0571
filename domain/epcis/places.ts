import type { Location, ZoneKind } from "../location.ts";
import { canonicalId } from "./canonical-link.ts";

/** A location of ours, and the part of it where it is known. */
export type Place = { locationId: string; zoneId: string | null; zoneKind: ZoneKind | null };

const SGLN = /^https:\/\/id\.gs1\.org\/414\/(\d{13})(?:\/254\/([^/]+))?$/;
const OWN = /^urn:onhand:location:([A-Za-z0-9._-]{1,64})(?::([A-Za-z0-9._-]{1,64}))?$/;
/** An SGLN's extension has at most 20 characters. */
const MAX_EXTENSION = 20;

/**
 * Our location behind an EPCIS place, null for a place that is not ours. A place is an SGLN (as a URN or a Digital Link on
 * any host) whose GLN is the location's `gln`, or its id where the id is a GLN; the extension is the zone's id. Or it is
 * `urn:onhand:location:{locationId}` with `:{zoneId}` behind it. A part that is no zone counts as the location as a whole.
 */
export function placeOf(uri: string, locations: readonly Location[]): Place | null {
  const own = OWN.exec(uri);
  const sgln = own === null ? SGLN.exec(canonicalId(uri)) : null;
  const [, name = "", part = ""] = own ?? sgln ?? [];
  if (name === "") return null;
  const location = locations.find((one) => one.locationId === name || (sgln !== null && one.gln === name));
  if (location === undefined) return null;
  const zone = location.zones.find((one) => one.zoneId === part);
  return { locationId: location.locationId, zoneId: zone?.zoneId ?? null, zoneKind: zone?.kind ?? null };
}

/** How a place of ours is written in events: an SGLN where the location has a GLN, else a name of our own. */
export function uriOfPlace(location: { locationId: string; gln: string }, zoneId: string): string {
  const hasGln = location.gln !== "";
  if (hasGln && zoneId === "") return `https://id.gs1.org/414/${location.gln}`;
  if (hasGln && zoneId.length <= MAX_EXTENSION) return `https://id.gs1.org/414/${location.gln}/254/${zoneId}`;
  const base = `urn:onhand:location:${location.locationId}`;
  return zoneId === "" ? base : `${base}:${zoneId}`;
}

/** The place and all that is inside it, in every form that it may have been written in; only itself where it is not ours. */
export function placesWithin(uri: string, locations: readonly Location[]): ReadonlySet<string> {
  const place = placeOf(uri, locations);
  const location = locations.find((one) => one.locationId === place?.locationId);
  if (place === null || location === undefined) return new Set([canonicalId(uri)]);
  const zones = place.zoneId === null ? ["", ...location.zones.map((zone) => zone.zoneId)] : [place.zoneId];
  const named = { locationId: location.locationId, gln: "" };
  const both = zones.flatMap((zoneId) => [uriOfPlace(location, zoneId), uriOfPlace(named, zoneId)]);
  return new Set([canonicalId(uri), ...both]);
}
