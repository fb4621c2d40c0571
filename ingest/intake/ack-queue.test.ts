import fc from "fast-check";
import { expect, it } from "vitest";
import { createAckQueue } from "./ack-queue.ts";

it("releases in the order of joining, each as soon as all before it are settled", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { maxLength: 60 }).chain((values) =>
        fc.tuple(
          fc.constant(values.length),
          fc.shuffledSubarray(
            values.map((_, i) => i),
            { minLength: values.length },
          ),
        ),
      ),
      ([count, order]) => {
        const released: number[] = [];
        const queue = createAckQueue<number>((value) => released.push(value));
        const places = Array.from({ length: count }, (_, i) => queue.join(i));
        const settled = new Set<number>();
        for (const index of order) {
          queue.settle(places[index]!);
          settled.add(index);
          let expected = 0;
          while (settled.has(expected)) expected += 1;
          expect(released).toEqual(Array.from({ length: expected }, (_, i) => i));
          expect(queue.waiting).toBe(count - expected);
        }
      },
    ),
  );
});

it("forgets what it has released, over any number of messages", () => {
  let released = 0;
  const queue = createAckQueue<number>(() => {
    released += 1;
  });
  const places = [];
  for (let i = 0; i < 100_000; i++) {
    places.push(queue.join(i));
    if (places.length === 100) for (const place of places.splice(0).reverse()) queue.settle(place);
  }
  expect(released).toBe(100_000);
  expect(queue.waiting).toBe(0);
});
