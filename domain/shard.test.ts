import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOwnership, parseShard, type Shard, shardsOverlap, shardText } from "./shard.ts";

function shardOf(text: string): Shard {
  const shard = parseShard(text);
  if (!shard.ok) throw new Error(shard.detail);
  return shard.value;
}

const locationId = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
const share = fc
  .integer({ min: 2, max: 12 })
  .chain((of) => fc.integer({ min: 1, max: of }).map((index) => ({ kind: "share", index, of }) as const));

describe("shards of locations", () => {
  it("reads shares, lists and nothing, and writes them back", () => {
    expect(shardOf("")).toEqual({ kind: "all" });
    expect(shardOf("1/1")).toEqual({ kind: "all" });
    expect(shardOf(" 2/4 ")).toEqual({ kind: "share", index: 2, of: 4 });
    expect(shardOf("store-2, store-1,store-2")).toEqual({
      kind: "list",
      locationIds: ["store-1", "store-2"],
    });
    for (const text of ["2/4", "store-1,store-2", ""]) expect(shardText(shardOf(text))).toBe(text);
  });

  it.each(["0/4", "5/4", "a/b", "1/4/2", "1/2000", "store 1", "store-1,,store-2", "a#"])(
    "refuses %s and says what to write",
    (text) => {
      expect(parseShard(text)).toMatchObject({ ok: false, code: "shard_not_readable" });
    },
  );

  it("gives every location to exactly one of the shares", () => {
    fc.assert(
      fc.property(locationId, fc.integer({ min: 2, max: 12 }), (id, of) => {
        const owners = Array.from({ length: of }, (_, i) =>
          createOwnership({ kind: "share", index: i + 1, of })(id),
        );
        expect(owners.filter(Boolean)).toHaveLength(1);
      }),
    );
  });

  it("says that shards overlap exactly when a location can be in both", () => {
    expect(shardsOverlap(shardOf("1/2"), shardOf("3/4"))).toBe(true);
    expect(shardsOverlap(shardOf("1/2"), shardOf("2/4"))).toBe(false);
    expect(shardsOverlap(shardOf("1/2"), shardOf(""))).toBe(true);
    expect(shardsOverlap(shardOf("a,b"), shardOf("b,c"))).toBe(true);
    expect(shardsOverlap(shardOf("a,b"), shardOf("c"))).toBe(false);
    fc.assert(
      fc.property(share, share, fc.array(locationId, { minLength: 1, maxLength: 20 }), (a, b, ids) => {
        const isShared = ids.some((id) => createOwnership(a)(id) && createOwnership(b)(id));
        expect(!isShared || shardsOverlap(a, b)).toBe(true);
        const list = { kind: "list", locationIds: ids } as const;
        expect(shardsOverlap(list, a)).toBe(ids.some(createOwnership(a)));
        expect(shardsOverlap(a, list)).toBe(shardsOverlap(list, a));
      }),
    );
  });
});
