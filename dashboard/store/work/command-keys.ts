/**
 * Keys of commands that only the server can answer. The same wish keeps its key until its outcome is known, so that pressing again
 * after an answer that was lost asks for the first outcome; a wish whose outcome is known, or another wish, gets a key of its own.
 */
export function createCommandKeys(createKey: () => string) {
  let open: { wish: string; key: string } | null = null;
  return {
    keyFor(wish: unknown): string {
      const text = JSON.stringify(wish);
      if (open?.wish !== text) open = { wish: text, key: createKey() };
      return open.key;
    },
    /** The server has said what became of it. */
    settled(): void {
      open = null;
    },
  };
}
