type Page<Item> = { items: Item[]; nextCursor: string | null };

/** The server's largest page. */
const PAGE_ROWS = 1000;
const MOST_PAGES = 500;

/** Reads a list to its end, a page after the other; at most half a million rows. */
export async function loadAllPages<Item>(
  loadPage: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Page<Item> = await loadPage({ limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) });
    for (const item of page.items) items.push(item);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return items;
}
