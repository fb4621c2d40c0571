/** Where a unit truly stands. Only `on_hand` units count as stock. */
export type UnitStatus = "on_hand" | "in_transit" | "sold" | "stolen";

/** One real thing: a garment with its tag, or an untagged one (`epcHex` empty). */
export type Unit = {
  readonly productIndex: number;
  readonly epcHex: string;
  status: UnitStatus;
  /** The area it physically is in; -1 when it is nowhere in the chain. */
  areaIndex: number;
  /** Its place in the area's list of units. */
  slot: number;
  /** In somebody's hand or cart, and so not to be taken by another. */
  isHeld: boolean;
};
