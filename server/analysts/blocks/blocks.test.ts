import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../../../test/support/temporary-directory.ts";
import { BlockError, fromBlocks, toBlock, toBlocks } from "./blocks.ts";
import { writeCityHash128 } from "./city-hash-128.ts";

const MAX = 64 * 1024 * 1024;

function fileOf(directory: string, name: string): string {
  const found = readdirSync(join(directory, "store"), { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith(`/${name}`),
  );
  if (found === undefined) throw new Error(`ClickHouse wrote no ${name}`);
  return join(directory, "store", found);
}

it("reads the blocks that ClickHouse writes, and ClickHouse reads ours, whatever their length", () => {
  const path = temporaryDirectory("blocks");
  const engine = new Session(path);
  try {
    engine.query("CREATE DATABASE b");
    engine.query("CREATE TABLE b.t (s String) ENGINE = TinyLog");
    const file = () => fileOf(path, "s.bin");
    const sizes = () => fileOf(path, "sizes.json");
    for (const texts of [
      "SELECT 'a' AS s FROM numbers(1)",
      ...[3, 12, 17, 40, 100, 120, 127, 128, 150, 160, 200, 255, 300].map(
        (length) =>
          `SELECT substring(repeat(hex(sipHash64(number, ${length})), 30), 1, ${length}) AS s FROM numbers(1)`,
      ),
      "SELECT randomString(number) AS s FROM numbers(2000)",
      "SELECT toString(number) AS s FROM numbers(300000)",
      "SELECT repeat('a', number) AS s FROM numbers(3000)",
    ]) {
      engine.query("TRUNCATE TABLE b.t");
      engine.query(`INSERT INTO b.t ${texts}`);
      const facts = () => engine.query("SELECT count(), sum(cityHash64(s)) FROM b.t", "CSV");
      const before = facts();
      const theirs = readFileSync(file());
      const bytes = fromBlocks(theirs, MAX);
      expect(bytes.length).toBeGreaterThan(1);

      const ours = toBlock(bytes);
      expect(fromBlocks(Buffer.from(ours), MAX).equals(bytes)).toBe(true);
      writeFileSync(file(), ours);
      writeFileSync(sizes(), JSON.stringify({ clickhouse: { "s%2Ebin": { size: String(ours.length) } } }));
      engine.query("DETACH TABLE b.t");
      engine.query("ATTACH TABLE b.t");
      expect(facts()).toBe(before);
      const damaged = Buffer.from(ours);
      damaged[3] = (damaged[3] ?? 0) ^ 1;
      writeFileSync(file(), damaged);
      expect(() => facts()).toThrow(/Checksum doesn't match/);
      writeFileSync(file(), theirs);
    }
  } finally {
    engine.close();
  }
});

it("writes what the driver for Java is tested with", () => {
  // Lz4OutputStreamTest of github.com/ClickHouse/clickhouse-java: the bytes 1, 2, then 3 in a block of its own.
  const known = [
    -36, -86, 31, 113, -106, 44, 99, 96, 112, -7, 47, 15, -63, 39, -73, -104, -126, 12, 0, 0, 0, 2, 0, 0, 0,
    32, 1, 2, 64, -39, 21, 50, -77, -124, 25, 73, -59, 9, 112, -38, 12, 99, 71, 74, -126, 11, 0, 0, 0, 1, 0,
    0, 0, 16, 3,
  ];
  expect([...new Int8Array(Buffer.concat([toBlock(Buffer.of(1, 2)), toBlock(Buffer.of(3))]))]).toEqual(known);
  expect([...fromBlocks(Buffer.from(known), 3)]).toEqual([1, 2, 3]);
});

/** Bytes that repeat themselves and bytes that do not. */
const bytesArbitrary = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.nat(3000)).map(([one, times]) => {
        return Buffer.alloc(one.length * times, one);
      }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));

it("gives back what it packed, in whatever pieces it came, and never more than it is told", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytesArbitrary, { maxLength: 20 }), async (chunks) => {
      const blocks: Uint8Array[] = [];
      for await (const block of toBlocks(toStream(chunks))) blocks.push(block);
      const whole = Buffer.concat(chunks);
      expect(fromBlocks(Buffer.concat(blocks), whole.length).equals(whole)).toBe(true);
      const fewer = () => fromBlocks(Buffer.concat([...blocks, toBlock(Buffer.of(1))]), whole.length);
      expect(fewer).toThrow(/hold more than/);
    }),
    { numRuns: 150 },
  );
});

async function* toStream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

it("throws nothing but its own error at bytes that are damaged, cut or no blocks, and takes none of them", () => {
  fc.assert(
    fc.property(
      bytesArbitrary,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      (bytes, place, bit, isCut) => {
        fc.pre(bytes.length > 0);
        const block = Buffer.from(toBlock(bytes));
        const at = place % block.length;
        const broken = isCut && at > 0 ? block.subarray(0, at) : Buffer.from(block);
        if (broken.length === block.length) broken[at] = (broken[at] ?? 0) ^ bit;
        expect(() => fromBlocks(broken, MAX)).toThrow(BlockError);
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      expect(() => fromBlocks(Buffer.from(bytes), MAX)).toThrow(BlockError);
    }),
  );
});

function attempt(read: () => Buffer): Buffer | BlockError {
  try {
    return read();
  } catch (error) {
    if (error instanceof BlockError) return error;
    throw error;
  }
}

it("finds what is wrong behind a checksum that is right", () => {
  // As an attacker would send it: the sum is made by us, the rest is nonsense.
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(5000), (data, length) => {
      const block = Buffer.concat([Buffer.alloc(16), Buffer.of(0x82, 0, 0, 0, 0, 0, 0, 0, 0), data]);
      block.writeUInt32LE(9 + data.length, 17);
      block.writeUInt32LE(length, 21);
      writeCityHash128(block, 0, block, 16, block.length - 16);
      const outcome = attempt(() => fromBlocks(block, MAX));
      expect(outcome instanceof BlockError || outcome.length === length).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("reads blocks that are not packed, and says which packing it does not know", () => {
  const block = Buffer.concat([
    Buffer.alloc(16),
    Buffer.of(0x02, 12, 0, 0, 0, 3, 0, 0, 0),
    Buffer.from("abc"),
  ]);
  const sum = () => writeCityHash128(block, 0, block, 16, block.length - 16);
  sum();
  expect(fromBlocks(block, 3).toString()).toBe("abc");
  block[16] = 0x90;
  sum();
  expect(() => fromBlocks(block, 3)).toThrow("block 1 is packed with ZSTD; LZ4 and none are understood");
});
