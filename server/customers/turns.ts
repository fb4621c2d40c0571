import { HttpProblem } from "../problems.ts";

/** Commands that wait for their turn; each takes some milliseconds. */
const MAX_WAITING = 1_000;

export type Turns = ReturnType<typeof createTurns>;

/**
 * One change of customers or offers at a time, at the one server that writes: the one that grants reservations. What a command
 * reads is then what holds when it is written, and no two make the same customer.
 */
export function createTurns(deps: { role: { mode(): "loading" | "writer" | "standby" } }) {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  function assertWriter(): void {
    const mode = deps.role.mode();
    if (mode === "writer") return;
    const headers = { "retry-after": "1" };
    throw mode === "standby"
      ? new HttpProblem("not_the_writer", "Another server writes customers and offers.", {}, headers)
      : new HttpProblem("not_ready", "It is not known yet whether this server may write.", {}, headers);
  }

  return {
    async take<Value>(work: () => Promise<Value>): Promise<Value> {
      assertWriter();
      if (waiting >= MAX_WAITING) {
        throw new HttpProblem("customers_busy", `${waiting} changes wait.`, {}, { "retry-after": "1" });
      }
      waiting += 1;
      const turn = last.then(() => {
        assertWriter();
        return work();
      });
      last = turn
        .catch(() => {})
        .finally(() => {
          waiting -= 1;
        });
      return await turn;
    },
  };
}
