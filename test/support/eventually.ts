import { vi } from "vitest";
import { DEADLINE_MS } from "./deadline.ts";

/** What `look` returns once it throws no more; after the deadline what it throws. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: DEADLINE_MS, interval: 10 });
}
