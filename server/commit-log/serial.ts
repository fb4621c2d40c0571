export type Serial = ReturnType<typeof createSerial>;

/** Runs work of one name in the order in which it came, one after the other; work of different names goes side by side. */
export function createSerial() {
  const last = new Map<string, Promise<unknown>>();
  return {
    run: <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.then(
        () => {},
        () => {},
      );
      last.set(name, settled);
      void settled.then(() => {
        if (last.get(name) === settled) last.delete(name);
      });
      return mine;
    },
    /** Resolves when all that was begun by now has ended. */
    async idle(): Promise<void> {
      await Promise.all(last.values());
    },
  };
}
