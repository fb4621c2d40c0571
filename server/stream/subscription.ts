import type { StreamPeer } from "./stream-peer.ts";
import type { SnapshotEntry, SubscriptionFilter } from "./subscription-filter.ts";
import type { SubscriptionGroup } from "./subscription-groups.ts";

/** A snapshot, or a long list of changes, on its way in parts. */
export type Sending = {
  kind: "snapshot" | "changes";
  /** What the client will hold when the last part has come. */
  revision: number;
  part: number;
  entries: Iterator<SnapshotEntry>;
  /** Of the entries only the rows that changed after this revision are sent; null sends all. */
  changedAfter: number | null;
};

/** A live subscription is member of a group and gets changes; any other has something due. */
export type Subscription = {
  readonly id: string;
  readonly socket: StreamPeer;
  readonly filter: SubscriptionFilter;
  /** The revision that the client holds once it has read what was sent; null: it holds nothing, a snapshot is due. */
  revision: number | null;
  sending: Sending | null;
  /** With thresholds, until it is live: the bands of what it was told, and so of every row. Then its group's count. */
  bands: Map<number, number> | null;
  group: SubscriptionGroup | null;
};
