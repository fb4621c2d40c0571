import { parseShard, type Shard, shardsOverlap, shardText } from "../domain/shard.ts";

const leaseName = "ingest";

export const LEASE_WORDS = {
  holder: "ingest",
  owned: "the ledger",
  whenLost: "This one stops; what it had not acknowledged is delivered again.",
};

/** The lease of a shard, and which other leases are for some of the same locations. */
export function leaseOfShard(shard: Shard): { name: string; isInConflict(otherName: string): boolean } {
  return {
    name: `${leaseName} ${shardText(shard)}`.trim(),
    isInConflict(otherName) {
      const [kind, text = ""] = otherName.split(" ", 2);
      const other = parseShard(text);
      return kind === leaseName && other.ok && shardsOverlap(shard, other.value);
    },
  };
}

/** Taken for as long as a snapshot takes, by one of the ingests that share the locations. */
export const SNAPSHOT_LEASE = { name: "snapshot", isInConflict: () => false };
