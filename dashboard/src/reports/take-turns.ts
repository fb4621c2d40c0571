/** Lets at most `most` run at a time; others wait for their turn, in order. */
export function takeTurns(most: number): <Value>(run: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      // The turn is handed on: nobody who comes now gets before those who wait.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
