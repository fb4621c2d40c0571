import type { HeldEvent } from "../../../domain/epcis/query/matches-query.ts";
import type { SearchPlace } from "./search-place.ts";

/** An event with its place in the order of the answers. */
export type FoundEvent = HeldEvent & { place: SearchPlace };

/** Rows of one source from a place on: the events, and where to go on; null at the end. */
export type Batch = { events: FoundEvent[]; next: SearchPlace | null; rows: number };
