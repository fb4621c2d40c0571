import type { Logger } from "pino";
import { type Attention, type AttentionItem, URGENCIES } from "../../domain/api/attention.ts";
import { pause } from "../../sql/pause.ts";
import { toItem } from "./finding.ts";
import { keepSource, type Source } from "./keep-source.ts";

/** Who asks waits no longer for what has to be read; it is there when they ask again. */
const PATIENCE_MS = 1_500;
export const MAX_ATTENTION_ITEMS = 200;

/** What needs somebody, gathered of all sources, at a price that does not grow with those who ask. */
export function createAttention(deps: {
  sources: readonly Source[];
  nowMs(): number;
  logger: Logger;
  patienceMs?: number;
}) {
  const kept = deps.sources.map((source) => keepSource(source, deps));

  return async ({ location }: { location: string | null }): Promise<Attention> => {
    const waiting = new AbortController();
    const all = Promise.all(kept.map((source) => source.refresh()));
    await Promise.race([all, pause(deps.patienceMs ?? PATIENCE_MS, waiting.signal)]);
    waiting.abort();
    const items = kept
      .flatMap((source) => source.findings())
      .filter((finding) => location === null || finding.locationId === location)
      .map(toItem)
      .sort(inOrder);
    return {
      asOf: new Date(deps.nowMs()).toISOString(),
      items: items.slice(0, MAX_ATTENTION_ITEMS),
      leftOut: Math.max(0, items.length - MAX_ATTENTION_ITEMS),
      sources: kept.map((source) => source.state()),
    };
  };
}

/** The most urgent first, then the most money (amounts of different currencies by their number: none is converted), then the oldest. */
function inOrder(one: AttentionItem, other: AttentionItem): number {
  const urgency = URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency);
  if (urgency !== 0) return urgency;
  const money = largest(other) - largest(one);
  if (money !== 0) return money;
  const age = (one.since ?? "9").localeCompare(other.since ?? "9");
  return age === 0 ? one.id.localeCompare(other.id) : age;
}

function largest({ atStake }: AttentionItem): number {
  return Math.max(0, ...atStake.map(({ amount }) => Number(amount)));
}
