import type { CustomerEvent, MergeCause } from "./customer-event.ts";
import { type Identifier, identifierKey } from "./identifier.ts";

export type Merge = {
  mergeId: string;
  customerId: string;
  otherId: string;
  cause: MergeCause;
  note: string;
  mergedAt: string;
  undoneAt: string | null;
};

export type Consent = { purpose: string; isGranted: boolean; source: string; at: string };
export type OwnedIdentifier = { identifier: Identifier; customerId: string; at: string };

type CustomerRecord = { createdAt: string; isErased: boolean; consents: Consent[] };

/**
 * Customers as a graph: records are its points, merges in force its lines, and a person is what hangs together. So the order of
 * merges does not matter, circles do no harm, and a merge that is taken back leaves exactly what there would be had it never
 * been, whatever came after it. Holds some customers or all; events come in the order in which they were decided.
 */
export class CustomerGraph {
  readonly #records = new Map<string, CustomerRecord>();
  readonly #owners = new Map<string, OwnedIdentifier>();
  readonly #merges = new Map<string, Merge>();
  /** By record: merges that name it. */
  readonly #mergesOf = new Map<string, Merge[]>();

  apply(event: CustomerEvent): void {
    switch (event.kind) {
      case "created":
        if (!this.#records.has(event.customerId)) {
          this.#records.set(event.customerId, { createdAt: event.at, isErased: false, consents: [] });
        }
        return;
      case "identified": {
        const key = identifierKey(event.identifier);
        const { identifier, customerId, at } = event;
        if (!this.#owners.has(key)) this.#owners.set(key, { identifier, customerId, at });
        return;
      }
      case "merged":
        this.#merge(event);
        return;
      case "unmerged": {
        const merge = this.#merges.get(event.mergeId);
        if (merge !== undefined) merge.undoneAt ??= event.at;
        return;
      }
      case "consented": {
        const { purpose, isGranted, source, at } = event;
        this.#records.get(event.customerId)?.consents.push({ purpose, isGranted, source, at });
        return;
      }
      case "erased":
        this.#records.set(event.customerId, {
          createdAt: this.createdAt(event.customerId) ?? event.at,
          isErased: true,
          consents: [],
        });
        return;
      default:
        event satisfies never;
    }
  }

  #merge(event: Extract<CustomerEvent, { kind: "merged" }>): void {
    const { mergeId, cause, note, at } = event;
    if (this.#merges.has(mergeId)) return;
    // A merge has no direction: it looks the same from both of its ends.
    const [customerId, otherId] =
      event.customerId < event.otherId
        ? [event.customerId, event.otherId]
        : [event.otherId, event.customerId];
    const merge: Merge = { mergeId, customerId, otherId, cause, note, mergedAt: at, undoneAt: null };
    this.#merges.set(mergeId, merge);
    for (const end of new Set([customerId, otherId])) {
      const known = this.#mergesOf.get(end);
      if (known === undefined) this.#mergesOf.set(end, [merge]);
      else known.push(merge);
    }
  }

  has(customerId: string): boolean {
    return this.#records.has(customerId);
  }

  isErased(customerId: string): boolean {
    return this.#records.get(customerId)?.isErased === true;
  }

  /** The record that an identifier was first given to; null when nobody has it. */
  ownerOf(identifier: Identifier): string | null {
    return this.#owners.get(identifierKey(identifier))?.customerId ?? null;
  }

  /** All records of the person that a record belongs to, the oldest first; empty when it is not known. */
  recordsOf(customerId: string): string[] {
    if (!this.#records.has(customerId)) return [];
    const found = new Set([customerId]);
    for (const one of found) {
      for (const merge of this.#mergesOf.get(one) ?? []) {
        if (merge.undoneAt !== null) continue;
        const other = merge.customerId === one ? merge.otherId : merge.customerId;
        if (this.#records.has(other)) found.add(other);
      }
    }
    return [...found].sort((a, b) => this.#compareAge(a, b));
  }

  /** The person's id: that of its oldest record, so that it does not depend on the order of merges. */
  personOf(customerId: string): string | null {
    return this.recordsOf(customerId)[0] ?? null;
  }

  createdAt(customerId: string): string | null {
    return this.#records.get(customerId)?.createdAt ?? null;
  }

  identifiersOf(records: readonly string[]): OwnedIdentifier[] {
    return [...this.#owners.values()].filter(({ customerId }) => records.includes(customerId));
  }

  /** Merges that name one of the records, in force or taken back. */
  mergesOf(records: readonly string[]): Merge[] {
    return [...new Set(records.flatMap((one) => this.#mergesOf.get(one) ?? []))];
  }

  /** By purpose the last word of the person. Of two at the same instant the refusal holds. */
  consentsOf(records: readonly string[]): Consent[] {
    const last = new Map<string, Consent>();
    for (const consent of records.flatMap((one) => this.#records.get(one)?.consents ?? [])) {
      const known = last.get(consent.purpose);
      if (known === undefined || isLater(consent, known)) last.set(consent.purpose, consent);
    }
    return [...last.values()].sort((a, b) => (a.purpose < b.purpose ? -1 : 1));
  }

  #compareAge(a: string, b: string): number {
    const ages = Date.parse(this.createdAt(a) ?? "") - Date.parse(this.createdAt(b) ?? "");
    return ages === 0 ? (a < b ? -1 : 1) : ages;
  }
}

function isLater(one: Consent, known: Consent): boolean {
  const difference = Date.parse(one.at) - Date.parse(known.at);
  return difference === 0 ? known.isGranted && !one.isGranted : difference > 0;
}
