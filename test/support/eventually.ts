import { vi } from "vitest";

/** What `look` returns once it throws no more; after half a minute what it throws. A busy machine is late, not wrong. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 30_000, interval: 10 });
}
