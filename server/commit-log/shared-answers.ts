import { HttpProblem } from "../problems.ts";
import type { CommandKey, StoredAnswer } from "../reservations/granting-writer.ts";

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
