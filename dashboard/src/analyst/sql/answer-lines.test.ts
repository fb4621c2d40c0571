import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenOffError, createAnswerLines } from "./answer-lines.ts";

const HEAD = '["n", "text"]\n["UInt64", "Nullable(String)"]\n';
const TAG = "0123456789abcdef";

function take(pieces: readonly string[], maxRows = 100) {
  const lines = createAnswerLines({ maxRows, tag: TAG });
  for (const piece of pieces) if (!lines.push(piece)) break;
  return lines.end();
}

test("rows are the same wherever the network cuts them", () => {
  const rows = fc.array(fc.tuple(fc.nat().map(String), fc.option(fc.string())), { maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.array(fc.nat(400), { maxLength: 6 }), (made, cuts) => {
      const text = HEAD + made.map((row) => `${JSON.stringify(row)}\n`).join("");
      const sorted = [0, ...cuts.map((cut) => cut % text.length), text.length].sort((a, b) => a - b);
      const pieces = sorted.slice(1).map((to, index) => text.slice(sorted[index], to));
      expect(take(pieces)).toEqual({
        columns: [
          { name: "n", type: "UInt64" },
          { name: "text", type: "Nullable(String)" },
        ],
        rows: made,
        isWhole: true,
      });
    }),
  );
});

test("an answer of as many rows as are wanted is whole; of one more it is not", () => {
  const of = (count: number) => HEAD + '["1",null]\n'.repeat(count);
  expect(take([of(3)], 3)).toMatchObject({ isWhole: true, rows: { length: 3 } });
  expect(take([of(4)], 3)).toMatchObject({ isWhole: false, rows: { length: 3 } });
});

test("an answer that breaks off is its reason, never its rows alone, wherever the network cuts it", () => {
  const reason = "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)\n";
  const text = `${HEAD}["1",null]\n["2","un\r\n__exception__\r\n${TAG}\r\n${reason}${reason.length} ${TAG}\r\n__exception__\r\n`;
  // Within the mark the row before it cannot be told from a broken one; what came whole is enough.
  for (
    let cut = text.indexOf("__exception__") + `__exception__\r\n${TAG}\r\n`.length;
    cut < text.length;
    cut += 7
  ) {
    expect(() => take([text.slice(0, cut), text.slice(cut)])).toThrow(new BrokenOffError(reason.trim()));
  }
});

test("an answer without rows still has its columns", () => {
  expect(take([HEAD])).toMatchObject({ columns: { length: 2 }, rows: [], isWhole: true });
});
