import type { ZoneKind } from "../../domain/location.ts";
import type { Chain } from "../chain/create-chain.ts";
import { NEIGHBOURS } from "../chain/store-layout.ts";

/** An antenna and the area that it looks at. */
export type Ear = { readerIndex: number; antenna: number; areaIndex: number };

/** Beside the neighbours of the floor plan: goods that hang near the door are heard by the gate. */
const HEARD_BY: Record<ZoneKind, readonly ZoneKind[]> = {
  ...NEIGHBOURS,
  sales_floor: [...NEIGHBOURS.sales_floor, "exit"],
};

/** For each area the antennas of other zones that can hear a tag that stands in it. */
export function earsOfAreas(chain: Chain): readonly (readonly Ear[])[] {
  return chain.areas.map((area) =>
    chain.readers.flatMap((reader, readerIndex) => {
      if (reader.locationIndex !== area.locationIndex || !reader.isAssigned) return [];
      return reader.antennas.flatMap((areaIndex, index): Ear[] => {
        const kind = chain.areas[areaIndex]?.kind;
        const isHeard = kind !== undefined && HEARD_BY[area.kind].includes(kind);
        return isHeard ? [{ readerIndex, antenna: index + 1, areaIndex }] : [];
      });
    }),
  );
}
