/** How long items that arrive are taken for those of a transfer that told quantities. */
const OPEN_MS = 30 * 24 * 3_600_000;

/** The way of a transfer: indexes of locations, and the name both ends know it by. */
export type TransferRoute = { from: number; to: number; transferId: string };

/**
 * What is known of one product in one transfer. `shipped` and `received` were told by events; `arrived` is the number of
 * `items` that came in, read at the destination or named by it. The order does not matter: the sender's stock falls by
 * max(shipped, arrived), the destination's rises by max(received, arrived), so nobody counts a unit twice.
 */
export type OpenTransfer = TransferRoute & {
  gtin: number;
  openedAtMs: number;
  shipped: number;
  received: number;
  arrived: number;
  items: Set<number>;
  /** Items that were shipped by name. */
  named: Set<number>;
};

/**
 * How an item came in: whether it leaves the sender's book by it, and enters the destination's. `isNamed`: an event of the
 * destination names it; `isFirst`: it had not come in by this transfer before.
 */
export type TransferArrival = {
  transfer: OpenTransfer | null;
  leavesFrom: boolean;
  entersTo: boolean;
  isNamed: boolean;
  isFirst: boolean;
};

/** Transfers on their way, by product. Those that nothing was heard of for long are forgotten. */
export class OpenTransfers {
  readonly #byGtin = new Map<number, OpenTransfer[]>();

  /** The transfer by that name, opened when it is new. */
  of(route: TransferRoute, gtin: number, atMs: number): OpenTransfer {
    const all = this.#byGtin.get(gtin) ?? [];
    const known = all.find(
      (one) => one.transferId === route.transferId && one.from === route.from && one.to === route.to,
    );
    if (known !== undefined) {
      if (atMs < known.openedAtMs || isEmpty(known)) known.openedAtMs = atMs;
      return known;
    }
    const opened = {
      ...route,
      gtin,
      openedAtMs: atMs,
      shipped: 0,
      received: 0,
      arrived: 0,
      items: new Set<number>(),
      named: new Set<number>(),
    };
    const kept = all.filter((one) => one.openedAtMs > atMs - 2 * OPEN_MS);
    this.#byGtin.set(gtin, [...kept, opened]);
    return opened;
  }

  /**
   * The transfer that an item coming in there is of: the one that names it, else the oldest with a unit to spare that it does not
   * name. `from` -1 when nothing is known of the item.
   */
  awaiting(gtin: number, item: number, to: number, from: number, atMs: number): OpenTransfer | null {
    let found: OpenTransfer | null = null;
    for (const one of this.#byGtin.get(gtin) ?? []) {
      if (one.to === to && one.named.has(item) && !one.items.has(item)) return one;
      const isOnItsWay = one.arrived + awaitedByName(one) < Math.max(one.shipped, one.received);
      const isItsWay = one.to === to && (from === -1 || one.from === from);
      const isInTime = one.openedAtMs <= atMs && atMs <= one.openedAtMs + OPEN_MS;
      if (isOnItsWay && isItsWay && isInTime && (found === null || isBefore(one, found))) found = one;
    }
    return found;
  }

  /** An item was shipped by name. */
  ship(transfer: OpenTransfer, item: number): void {
    transfer.shipped += 1;
    transfer.named.add(item);
  }

  undoShip(transfer: OpenTransfer, item: number): void {
    transfer.shipped -= 1;
    transfer.named.delete(item);
  }

  /** Units told as shipped (negative) or received (positive): by how much stock changes for it. */
  tell(transfer: OpenTransfer, quantity: number): number {
    const { arrived } = transfer;
    if (quantity < 0) {
      const before = Math.max(transfer.shipped, arrived);
      transfer.shipped -= quantity;
      return before - Math.max(transfer.shipped, arrived);
    }
    const before = Math.max(transfer.received, arrived);
    transfer.received += quantity;
    return Math.max(transfer.received, arrived) - before;
  }

  takeBack(transfer: OpenTransfer, quantity: number): void {
    if (quantity < 0) transfer.shipped += quantity;
    else transfer.received -= quantity;
  }

  /** An item of the transfer comes in. Where it is there already and not by this transfer, no book changes. */
  arrive(transfer: OpenTransfer, item: number, isNamed: boolean, isThere: boolean): TransferArrival {
    const isFirst = !transfer.items.has(item);
    const before = Math.max(transfer.received, transfer.arrived);
    this.#count(transfer, item, { isNamed, isFirst }, 1);
    const leavesFrom = isFirst && transfer.arrived > transfer.shipped;
    const isMore = Math.max(transfer.received, transfer.arrived) > before;
    return { transfer, leavesFrom, entersTo: isMore && !(isThere && isFirst), isNamed, isFirst };
  }

  undoArrival(arrival: TransferArrival, item: number): void {
    if (arrival.transfer !== null) this.#count(arrival.transfer, item, arrival, -1);
  }

  #count(
    transfer: OpenTransfer,
    item: number,
    { isNamed, isFirst }: { isNamed: boolean; isFirst: boolean },
    sign: 1 | -1,
  ): void {
    if (isNamed) transfer.received += sign;
    if (!isFirst) return;
    transfer.arrived += sign;
    if (sign === 1) transfer.items.add(item);
    else transfer.items.delete(item);
  }
}

function isEmpty(transfer: OpenTransfer): boolean {
  return transfer.shipped === 0 && transfer.received === 0 && transfer.arrived === 0;
}

function awaitedByName({ named, items }: OpenTransfer): number {
  let awaited = 0;
  for (const item of named) if (!items.has(item)) awaited += 1;
  return awaited;
}

function isBefore(a: OpenTransfer, b: OpenTransfer): boolean {
  if (a.openedAtMs !== b.openedAtMs) return a.openedAtMs < b.openedAtMs;
  return a.transferId < b.transferId;
}
