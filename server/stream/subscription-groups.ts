import type { Subscription } from "./subscription.ts";
import { filterKey, type SubscriptionFilter } from "./subscription-filter.ts";

/** Subscriptions that want the same: a change is matched, and its frame made, once for all of them. */
export type SubscriptionGroup = {
  readonly key: string;
  readonly filter: SubscriptionFilter;
  readonly locations: ReadonlySet<string> | null;
  readonly members: Set<Subscription>;
  /** With thresholds: the band that each row was in when it was last looked at; 0 is left out. Else null. */
  readonly bands: Map<number, number> | null;
  /** Rows that changed in the present tick. */
  changed: number[];
};

/** Finds the groups that a change concerns without asking each: by product, else by location, else all. */
export function createSubscriptionGroups() {
  const groups = new Map<string, SubscriptionGroup>();
  const byGtin = new Map<number, Set<SubscriptionGroup>>();
  const byLocation = new Map<string, Set<SubscriptionGroup>>();
  const all = new Set<SubscriptionGroup>();

  function indexesOf(
    group: SubscriptionGroup,
    visit: (index: Set<SubscriptionGroup>, drop: () => void) => void,
  ): void {
    const { gtins, locations } = group.filter;
    if (gtins !== null) {
      for (const gtin of gtins) visit(entry(byGtin, gtin), () => byGtin.delete(gtin));
    } else if (locations !== null) {
      for (const locationId of locations)
        visit(entry(byLocation, locationId), () => byLocation.delete(locationId));
    } else {
      visit(all, () => {});
    }
  }

  return {
    join(subscription: Subscription): void {
      const key = filterKey(subscription.filter);
      let group = groups.get(key);
      if (group === undefined) {
        const { filter } = subscription;
        const locations = filter.locations === null ? null : new Set(filter.locations);
        const bands = filter.thresholds === null ? null : (subscription.bands ?? new Map<number, number>());
        const created: SubscriptionGroup = { key, filter, locations, bands, members: new Set(), changed: [] };
        groups.set(key, created);
        indexesOf(created, (index) => index.add(created));
        group = created;
      }
      group.members.add(subscription);
      subscription.group = group;
      // Up to date with the tick, it was told the very bands that the group has.
      subscription.bands = null;
    },

    leave(subscription: Subscription): void {
      const { group } = subscription;
      if (group === null) return;
      subscription.group = null;
      group.members.delete(subscription);
      if (group.members.size > 0) return;
      groups.delete(group.key);
      indexesOf(group, (index, drop) => {
        index.delete(group);
        if (index.size === 0) drop();
      });
    },

    /** Notes a changed row at every group that it concerns. @param touched collects these groups. */
    note(row: number, gtin: number, locationId: string, touched: Set<SubscriptionGroup>): void {
      const collect = (group: SubscriptionGroup) => {
        group.changed.push(row);
        touched.add(group);
      };
      for (const group of all) collect(group);
      for (const group of byLocation.get(locationId) ?? []) collect(group);
      for (const group of byGtin.get(gtin) ?? []) {
        if (group.locations === null || group.locations.has(locationId)) collect(group);
      }
    },
  };
}

function entry<Key>(index: Map<Key, Set<SubscriptionGroup>>, key: Key): Set<SubscriptionGroup> {
  let groups = index.get(key);
  if (groups === undefined) {
    groups = new Set();
    index.set(key, groups);
  }
  return groups;
}
