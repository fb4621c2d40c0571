import { HttpProblem } from "../problems.ts";
import type { CommandKey, StoredAnswer } from "../reservations/granting-writer.ts";

/** Runs what has the same name one after the other, in the order in which it came. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}

/** A repeat of a key that comes while the first is being answered gets the same answer. Throws where it asks something else. */
export function createSharedAnswers() {
  const running = new Map<string, { requestHash: string; answer: Promise<StoredAnswer> }>();
  return async (key: CommandKey, work: () => Promise<StoredAnswer>): Promise<StoredAnswer> => {
    const name = `${key.scope} ${key.key}`;
    const first = running.get(name);
    if (first !== undefined) {
      if (first.requestHash === key.requestHash) return await first.answer;
      throw new HttpProblem("idempotency_key_reused", "The key came before with another request.");
    }
    const answer = work();
    running.set(name, { requestHash: key.requestHash, answer });
    try {
      return await answer;
    } finally {
      running.delete(name);
    }
  };
}
