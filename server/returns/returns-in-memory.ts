import { isUnderWay } from "../../domain/returns/change-return.ts";
import { type Return, returnSchema } from "../../domain/returns/return.ts";
import type { DocumentLog, KeptAnswer } from "../commit-log/document-log.ts";

/** What ended is forgotten after this: ClickHouse has it. */
const KEPT_MS = 24 * 3_600_000;

export type ReturnsInMemory = ReturnType<typeof createReturnsInMemory>;

/** Returns that are under way, and those of the last day. What is decided counts here at once, before it is durable. */
export function createReturnsInMemory(deps: {
  log: DocumentLog;
  nowMs(): number;
  /** Of changes that are durable. */
  onChanged(kind: string, one: Return): void;
}) {
  const { log } = deps;
  let returns = new Map<string, Return>();

  return {
    all: (): readonly Return[] => [...returns.values()],
    get: (returnId: string): Return | null => returns.get(returnId) ?? null,
    hasChangedSince: (known: readonly Return[]) =>
      known.length !== returns.size || known.some((one) => returns.get(one.returnId) !== one),
    /** Also one of long ago; null when there is none. */
    async load(returnId: string): Promise<Return | null> {
      const known = returns.get(returnId);
      if (known !== undefined) return known;
      const text = await log.find(returnId);
      if (text === null) return null;
      const stored = returnSchema.parse(JSON.parse(text));
      // A server that does not write would keep what another changes.
      if (log.isWriter() && !returns.has(returnId)) returns.set(returnId, stored);
      return returns.get(returnId) ?? stored;
    },
    /** From now on this is the return; resolves when it is durable. */
    async write(kind: string, one: Return, answer: KeptAnswer | null = null): Promise<void> {
      log.checkWriter();
      returns.set(one.returnId, one);
      const { kind: boughtKind, id } = one.boughtIn;
      await log.write({
        kind,
        documentId: one.returnId,
        originId: boughtKind === "unknown" ? "" : `${boughtKind}:${id}`,
        isOpen: isUnderWay(one),
        document: one,
        answer,
      });
      deps.onChanged(kind, one);
    },
    /** A new writer knows what is stored as under way. */
    replace(texts: readonly string[]): void {
      const stored = texts.map((text) => returnSchema.parse(JSON.parse(text)));
      returns = new Map(stored.map((one) => [one.returnId, one]));
    },
    underWay: () => [...returns.values()].filter(isUnderWay),
    forget(): void {
      const beforeMs = deps.nowMs() - KEPT_MS;
      for (const [returnId, one] of returns) {
        if (!isUnderWay(one) && Date.parse(one.changedAt) < beforeMs) returns.delete(returnId);
      }
    },
  };
}
