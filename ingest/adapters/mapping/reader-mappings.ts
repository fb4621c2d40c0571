import type { StoredReaderMapping } from "../../../domain/reader-mapping.ts";
import { type CompiledMapping, compileMapping } from "./compile-mapping.ts";

/** Mappings to ask about a reader's message: those that name the reader `first`, the others for what nothing recognises. */
export type MappingsOfReader = { first: readonly CompiledMapping[]; rest: readonly CompiledMapping[] };

export const NO_MAPPINGS: MappingsOfReader = { first: [], rest: [] };

export type ReaderMappings = { of(locationId: string, readerId: string): MappingsOfReader };

/** All mappings, ready to be asked. Those of the location come before those of all, each in the order of their names. */
export function createReaderMappings(stored: readonly StoredReaderMapping[]): ReaderMappings {
  if (stored.length === 0) return { of: () => NO_MAPPINGS };
  const compiled = stored.toSorted(inOrder).map(({ name, locationId, readerId, mapping }) => {
    return { locationId, readerId, mapping: compileMapping(name, mapping) };
  });
  const known = new Map<string, MappingsOfReader>();
  return {
    of(locationId, readerId) {
      const key = `${locationId}/${readerId}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const here = compiled.filter((each) => each.locationId === null || each.locationId === locationId);
      const mappings = {
        first: here.filter((each) => each.readerId === readerId).map((each) => each.mapping),
        rest: here.filter((each) => each.readerId === null).map((each) => each.mapping),
      };
      // As many readers as publish; a stranger's names must not fill the memory.
      if (known.size < 20_000) known.set(key, mappings);
      return mappings;
    },
  };
}

function inOrder(a: StoredReaderMapping, b: StoredReaderMapping): number {
  if ((a.locationId === null) !== (b.locationId === null)) return a.locationId === null ? 1 : -1;
  return a.name < b.name ? -1 : 1;
}
