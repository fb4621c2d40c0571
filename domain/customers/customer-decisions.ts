import { ok, refuse, type Refusal, type Result } from "../result.ts";
import type { CustomerEvent } from "./customer-event.ts";
import type { CustomerGraph, Merge } from "./customer-graph.ts";
import type { Identifier } from "./identifier.ts";

/** Ids that a decision may need, made by who asks for it. */
export type NewIds = { customerId(): string; mergeId(): string };

/** `customerId`: the record that was found, named or made. */
export type Decided = { customerId: string; events: CustomerEvent[] };

/**
 * The customer with these identifiers, or a new one. Identifiers that nobody has go to it; where others have them, one request
 * that names both says that they are one person, and they are merged. `customer_kept_apart` where that was taken back before.
 */
export function decideIdentify(
  graph: CustomerGraph,
  wish: { customerId: string | null; identifiers: readonly Identifier[]; at: string },
  ids: NewIds,
): Result<Decided> {
  const { identifiers, at } = wish;
  if (wish.customerId !== null) {
    const refusal = refuseUnknown(graph, wish.customerId);
    if (refusal !== null) return refusal;
  }
  const owners = identifiers.flatMap((identifier) => graph.ownerOf(identifier) ?? []);
  const known = wish.customerId ?? owners[0];
  const customerId = known ?? ids.customerId();
  const events: CustomerEvent[] = known === undefined ? [{ kind: "created", customerId, at }] : [];
  for (const identifier of identifiers) {
    if (graph.ownerOf(identifier) === null) events.push({ kind: "identified", customerId, identifier, at });
  }
  const joined = new Set([graph.personOf(customerId)]);
  for (const otherId of owners) {
    const person = graph.personOf(otherId);
    if (joined.has(person)) continue;
    joined.add(person);
    const apart = takenBackBetween(graph, customerId, otherId);
    if (apart !== null) {
      return refuse(
        "customer_kept_apart",
        `These identifiers belong to ${customerId} and ${otherId}, of whom the merge ${apart.mergeId} was taken back.`,
      );
    }
    const cause = "identified_together";
    events.push({ kind: "merged", mergeId: ids.mergeId(), customerId, otherId, cause, note: "", at });
  }
  return ok({ customerId, events });
}

/** Nothing to do where these two are merged already; a second way around is kept, so that it outlives the first. */
export function decideMerge(
  graph: CustomerGraph,
  wish: { customerId: string; otherId: string; note: string; at: string },
  ids: NewIds,
): Result<Decided> {
  const { customerId, otherId, note, at } = wish;
  const refusal = refuseUnknown(graph, customerId) ?? refuseUnknown(graph, otherId);
  if (refusal !== null) return refusal;
  const isMerged = graph
    .mergesOf([customerId])
    .some((merge) => merge.undoneAt === null && joins(merge, otherId));
  if (customerId === otherId || isMerged) return ok({ customerId, events: [] });
  return ok({
    customerId,
    events: [{ kind: "merged", mergeId: ids.mergeId(), customerId, otherId, cause: "said", note, at }],
  });
}

/** Takes a merge back: each record is with those again with whom it would be without it. */
export function decideUnmerge(
  graph: CustomerGraph,
  wish: { customerId: string; mergeId: string; at: string },
): Result<Decided> {
  const { customerId, mergeId, at } = wish;
  const refusal = refuseUnknown(graph, customerId);
  if (refusal !== null) return refusal;
  const merge = graph.mergesOf(graph.recordsOf(customerId)).find((one) => one.mergeId === mergeId);
  if (merge === undefined) {
    return refuse("merge_not_found", `No merge ${mergeId} names a record of ${customerId}.`);
  }
  const events: CustomerEvent[] = merge.undoneAt === null ? [{ kind: "unmerged", mergeId, at }] : [];
  return ok({ customerId, events });
}

export function refuseUnknown(graph: CustomerGraph, customerId: string): Refusal | null {
  if (!graph.has(customerId)) return refuse("customer_not_found", `Nobody is known as ${customerId}.`);
  return graph.isErased(customerId) ? refuse("customer_erased", `${customerId} was erased.`) : null;
}

function joins(merge: Merge, customerId: string): boolean {
  return merge.customerId === customerId || merge.otherId === customerId;
}

function takenBackBetween(graph: CustomerGraph, a: string, b: string): Merge | null {
  const ofB = graph.recordsOf(b);
  const undone = graph.mergesOf(graph.recordsOf(a)).filter((merge) => merge.undoneAt !== null);
  return undone.find((merge) => ofB.some((record) => joins(merge, record))) ?? null;
}
