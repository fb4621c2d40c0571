import { expect, test } from "vitest";
import { joinArrowStreams } from "./join-arrow-streams.ts";

const END = [255, 255, 255, 255, 0, 0, 0, 0];
const message = (...metadata: number[]) => [255, 255, 255, 255, metadata.length, 0, 0, 0, ...metadata];
const SCHEMA = message(7, 7, 7, 7);

async function joined(...pieces: number[][]): Promise<number[]> {
  async function* all() {
    for (const piece of pieces) yield Uint8Array.from(piece);
  }
  const bytes: number[] = [];
  for await (const chunk of joinArrowStreams(all())) bytes.push(...chunk);
  return bytes;
}

test("the schema stands once, at the begin, and the end once", async () => {
  const [one, two] = [message(1, 2, 3, 4), message(5, 6, 7, 8)];
  expect(await joined([...SCHEMA, ...one, ...END], [...SCHEMA, ...END], [...SCHEMA, ...two, ...END])).toEqual(
    [...SCHEMA, ...one, ...two, ...END],
  );
});

test("without rows there is a schema and an end", async () => {
  expect(await joined([...SCHEMA, ...END])).toEqual([...SCHEMA, ...END]);
});

test("a piece that was cut off is refused, never passed on", async () => {
  await expect(joined([...SCHEMA, ...message(1, 2, 3, 4)])).rejects.toThrow("no end");
  await expect(joined([...SCHEMA, ...END], [1, 2, 3, 4, ...END])).rejects.toThrow("does not begin");
});
