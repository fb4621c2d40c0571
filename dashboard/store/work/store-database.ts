import type { z } from "zod";
import { type Product, productSchema } from "../../../domain/product.ts";
import { type OutboxStorage, outboxEntrySchema } from "../outbox/outbox-entry.ts";
import { type DeviceFacts, deviceFactsSchema } from "./device-facts.ts";
import { type KnownTask, knownTaskSchema } from "./known-task.ts";

const NAME = "onhand-store";
const VERSION = 1;
/** Prices and names of so many products are kept; beyond it all are asked for anew. */
const MOST_PRODUCTS = 2_000;

export type StoreDatabase = Awaited<ReturnType<typeof openStoreDatabase>>;

/**
 * What the page keeps in the browser, in IndexedDB: the outbox, the tasks it last heard of, products, and what it knows of itself.
 * What is written to the outbox is on the disk before the call resolves.
 */
export async function openStoreDatabase() {
  const db = await open();

  async function run<Value>(
    store: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Value> | null,
  ): Promise<Value | null> {
    const transaction = db.transaction(store, mode, {
      durability: mode === "readwrite" ? "strict" : "default",
    });
    const request = work(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser kept nothing"));
    });
    return request?.result ?? null;
  }

  /** What an older page wrote and this one can't read stays where it is. */
  async function readAll<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
  ): Promise<z.output<Schema>[]> {
    const rows: unknown[] = (await run<unknown[]>(name, "readonly", (store) => store.getAll())) ?? [];
    return rows.flatMap((row) => {
      const parsed = schema.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  }

  const outbox: OutboxStorage = {
    entries: () => readAll("outbox", outboxEntrySchema),
    append: async (action) => {
      const entry = { ...action, sentTo: null, failures: 0, refusal: null };
      await run("outbox", "readwrite", (store) => store.add(entry));
    },
    put: async (entry) => void (await run("outbox", "readwrite", (store) => store.put(entry))),
    remove: async (seq) => void (await run("outbox", "readwrite", (store) => store.delete(seq))),
  };

  return {
    outbox,
    tasks: () => readAll("tasks", knownTaskSchema),
    putTask: async (known: KnownTask) => void (await run("tasks", "readwrite", (store) => store.put(known))),
    /** These instead of all that were known. */
    replaceTasks: async (known: readonly KnownTask[]) =>
      void (await run("tasks", "readwrite", (store) => {
        store.clear();
        for (const one of known) store.put(one);
        return null;
      })),
    async facts(): Promise<DeviceFacts | null> {
      const row: unknown = await run<unknown>("facts", "readonly", (store) => store.get("device"));
      return deviceFactsSchema.safeParse(row).data ?? null;
    },
    putFacts: async (facts: DeviceFacts) =>
      void (await run("facts", "readwrite", (store) => store.put(facts, "device"))),
    async product(gtin: string): Promise<Product | null> {
      const row: unknown = await run<unknown>("products", "readonly", (store) => store.get(gtin));
      return productSchema.safeParse(row).data ?? null;
    },
    async putProduct(product: Product): Promise<void> {
      const count = (await run<number>("products", "readonly", (store) => store.count())) ?? 0;
      await run("products", "readwrite", (store) => {
        if (count >= MOST_PRODUCTS) store.clear();
        return store.put(product);
      });
    },
    /** Everything but the outbox: for whoever works with this device next. */
    async forget(): Promise<void> {
      for (const name of ["tasks", "products"]) await run(name, "readwrite", (store) => store.clear());
    },
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
      request.result.createObjectStore("tasks", { keyPath: "taskId" });
      request.result.createObjectStore("products", { keyPath: "gtin" });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => {
      // Another tab with a newer page may need to change it.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB can't be opened"));
  });
}
