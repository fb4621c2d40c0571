import type { StreamSocket } from "./stream-socket.ts";
import type { SnapshotEntry, SubscriptionFilter } from "./subscription-filter.ts";
import type { SubscriptionGroup } from "./subscription-groups.ts";

/** A snapshot, or a long list of changes, on its way in parts. */
export type Sending = {
  kind: "snapshot" | "changes";
  /** What the client will hold when the last part has come. */
  revision: number;
  part: number;
  entries: Iterator<SnapshotEntry>;
};

/** A live subscription is member of a group and gets changes; any other has something due. */
export type Subscription = {
  readonly id: string;
  readonly socket: StreamSocket;
  readonly filter: SubscriptionFilter;
  /** The revision that the client holds once it has read what was sent; null: it holds nothing, a snapshot is due. */
  revision: number | null;
  sending: Sending | null;
  group: SubscriptionGroup | null;
};
