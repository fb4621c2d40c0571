import { createHash } from "node:crypto";
import type { FeedRun } from "../../domain/api/feeds.ts";
import type { FeedFinding } from "../../domain/feeds/feed-finding.ts";
import type { LocalInventoryLint } from "../../domain/feeds/lint-local-inventory.ts";
import type { FeedMetrics } from "./feed-metrics.ts";
import type { FeedLine, FeedProduct, FeedStore } from "./feed-store.ts";

/** Rows that are made before others have their turn. */
const ROWS_AT_ONCE = 500;
/** About so many rows are in memory at a time. */
const ROWS_OF_A_PAGE = 10_000;
const LEAST_PRODUCTS_OF_A_PAGE = 50;
const MAX_FINDINGS = 100;
const LAST_GTIN = 99_999_999_999_999;

/** A feed as it is made now: which rows goods have, and what is said of one that was told and is not in it any more. */
export type FeedSource = {
  feed: string;
  channel: string;
  settings: unknown;
  header: string;
  /** Rows that one product has at most. */
  rowsOfProduct: number;
  rows(products: readonly FeedProduct[]): Iterable<FeedLine>;
  withdrawn(text: string): string;
  lint: LocalInventoryLint | null;
};

export type FeedWish = { kind: "full" } | { kind: "delta"; through: number; sinceRunId: string | null };

export type FeedSender = ReturnType<typeof createFeedSender>;

/**
 * Sends a feed as it is made, a page of products at a time, and keeps what was sent. The row of the run is written before the
 * text ends: whoever has read to the end can ask for what changes from then on.
 */
export function createFeedSender(deps: {
  store: FeedStore;
  metrics: FeedMetrics;
  serverId: string;
  revision(): number;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { store } = deps;

  async function* texts(
    run: number,
    source: FeedSource,
    wish: FeedWish,
    askedBy: string,
  ): AsyncGenerator<string> {
    const startedAt = new Date(deps.nowMs()).toISOString();
    const revision = deps.revision();
    const hash = createHash("sha256");
    const sent = { rows: 0, leftOut: 0, bytes: 0 };
    const findings: FeedFinding[] = [];
    let state: FeedRun["state"] = "broken";

    const note = (text: string): string => {
      hash.update(text);
      sent.bytes += Buffer.byteLength(text);
      return text;
    };
    const isSound = (text: string): boolean => {
      const found = source.lint?.row(text, sent.rows + 2) ?? [];
      findings.push(...found.slice(0, Math.max(0, MAX_FINDINGS - findings.length)));
      return found.every((finding) => finding.severity !== "error");
    };
    const finish = async (): Promise<void> => {
      const made: FeedRun = {
        runId: String(run),
        feed: source.feed,
        kind: wish.kind,
        sinceRunId: wish.kind === "delta" ? wish.sinceRunId : null,
        state,
        channel: source.channel,
        startedAt,
        finishedAt: new Date(deps.nowMs()).toISOString(),
        revision,
        askedBy,
        ...sent,
        findings,
        sha256: hash.digest("hex"),
      };
      await store.writeRun(made, { ...source, serverId: deps.serverId });
      deps.metrics.onRun(made);
    };

    try {
      findings.push(...(source.lint?.header(source.header) ?? []));
      yield note(`${source.header}\n`);
      for await (const page of changes(source, wish)) {
        const rows = page.filter(({ text }) => isSound(text));
        sent.leftOut += page.length - rows.length;
        sent.rows += rows.length;
        await store.writeRows(source.feed, run, rows, startedAt);
        if (rows.length > 0) yield note(rows.map(({ text }) => `${text}\n`).join(""));
      }
      state = "sent";
    } finally {
      await finish();
    }
  }

  /** Rows by GTIN and location, a page of products at a time; of a delta only those that differ from what was told. */
  async function* changes(source: FeedSource, wish: FeedWish): AsyncGenerator<FeedLine[]> {
    const pageRows = Math.max(LEAST_PRODUCTS_OF_A_PAGE, Math.floor(ROWS_OF_A_PAGE / source.rowsOfProduct));
    for (let after = 0, isLast = false; !isLast; ) {
      const products = await store.products(after, pageRows);
      isLast = products.length < pageRows;
      const upTo = isLast ? LAST_GTIN : (products.at(-1)?.gtin ?? LAST_GTIN);
      const told = wish.kind === "full" ? [] : await store.told(source.feed, wish.through, after, upTo);
      yield await pageOf(source, products, told);
      after = upTo;
    }
  }

  async function pageOf(
    source: FeedSource,
    products: readonly FeedProduct[],
    told: readonly FeedLine[],
  ): Promise<FeedLine[]> {
    const before = new Map(told.map((line) => [keyOf(line), line]));
    const page: FeedLine[] = [];
    let made = 0;
    for (const line of source.rows(products)) {
      made += 1;
      if (made % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      const key = keyOf(line);
      if (before.get(key)?.text !== line.text) page.push(line);
      before.delete(key);
    }
    for (const line of before.values()) {
      const text = source.withdrawn(line.text);
      if (text !== line.text) page.push({ ...line, text });
    }
    return before.size === 0 ? page : page.sort(compareLines);
  }

  return {
    /** The text as it is made; one that is not read to its end is noted as `broken`. */
    send(
      source: FeedSource,
      wish: FeedWish,
      askedBy: string,
    ): { runId: string; stream: ReadableStream<Uint8Array> } {
      const run = deps.nextVersion();
      const made = texts(run, source, wish, askedBy);
      const encoder = new TextEncoder();
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const next = await made.next();
          if (next.done === true) controller.close();
          else controller.enqueue(encoder.encode(next.value));
        },
        async cancel() {
          await made.return(undefined);
        },
      });
      return { runId: String(run), stream };
    },
  };
}

function keyOf({ gtin, locationId }: FeedLine): string {
  return `${gtin} ${locationId}`;
}

function compareLines(a: FeedLine, b: FeedLine): number {
  return a.gtin - b.gtin || (a.locationId < b.locationId ? -1 : a.locationId > b.locationId ? 1 : 0);
}
