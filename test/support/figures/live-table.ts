import type { LiveContext } from "./live-context.ts";

/** How a cell is written; null: it has no figure of its own, such as a badge or a button. */
type Cell<Item> = ((item: Item, context: LiveContext) => string) | null;

/** What a list of live pages shows, said a second time. `lines`: each with its cells, null for what is not compared. */
export type LiveTable = {
  label: string;
  /** The addresses of the pages that have it; what is in brackets is handed to `lines`. */
  on: RegExp;
  heads: readonly string[];
  lines(context: LiveContext, ids: readonly string[]): Promise<(string | null)[][]>;
};

/** A table of the items that the API answers at the address of `asks`. */
export function liveTable<Item>({
  label,
  on,
  asks,
  cells,
}: {
  label: string;
  on: RegExp;
  asks: (context: LiveContext, ids: readonly string[]) => Promise<readonly Item[]>;
  cells: Readonly<Record<string, Cell<Item>>>;
}): LiveTable {
  return {
    label,
    on,
    heads: Object.keys(cells),
    async lines(context, ids) {
      const items = await asks(context, ids);
      return items.map((item) =>
        Object.values(cells).map((write) => (write === null ? null : write(item, context))),
      );
    },
  };
}

/** The first page of a list. */
export const pageOf =
  <Item>(address: (ids: readonly string[]) => string) =>
  async ({ ask }: LiveContext, ids: readonly string[]): Promise<readonly Item[]> =>
    (await ask<{ items: Item[] }>("GET", address(ids))).items;

export const orDash = (value: number | null, write: (value: number) => string): string =>
  value === null ? "–" : write(value);
