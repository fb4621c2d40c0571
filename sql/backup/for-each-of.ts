const AT_ONCE = 16;

/** Works on some at a time. The first that fails ends it, when those that were begun have ended. */
export async function forEachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  async function go(): Promise<void> {
    for (const item of left) {
      if (failures.length > 0) return;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, go));
  if (failures.length > 0) throw failures[0];
}
