import { createOwnership, type Shard } from "../../domain/shard.ts";
import { intakeFilters, intakeLocation } from "./intake-topics.ts";
import type { TakenTopics } from "./mqtt-intake.ts";

/** The in-topics of the locations of `shard` under `root`, and the settings. */
export function createLocationTopics(deps: {
  root: string;
  shard: Shard;
  onSettings(payload: Uint8Array): void;
}): TakenTopics {
  const { root, shard, onSettings } = deps;
  const ownsLocation = createOwnership(shard);
  // A broker has no filter for a share of all locations: what belongs to other shares comes too, and is let go unread.
  const filters = intakeFilters(root, shard.kind === "list" ? shard.locationIds : []);
  return {
    filters,
    judge(topic) {
      if (shard.kind === "all") return "own";
      const location = intakeLocation(root, topic);
      if (location !== null && ownsLocation(location)) return "own";
      if (shard.kind === "share") return "other";
      const ofLocation = location === null ? [] : intakeFilters(root, [location]);
      return { unsubscribe: [...intakeFilters(root, []), ...ofLocation] };
    },
    settings: { topic: `${root}/settings`, onSettings },
  };
}
