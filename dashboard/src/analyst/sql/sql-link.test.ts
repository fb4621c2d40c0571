import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSqlLink, type SqlLink, writeSqlLink } from "./sql-link.ts";

test("a link brings back the query, its values and its chart, whatever they are", async () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  const link = fc.record<SqlLink>({
    sql: text,
    values: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), text),
    chart: fc.option(
      fc.record({
        kind: fc.constantFrom("line", "bar", "scatter"),
        x: text,
        ys: fc.array(text, { maxLength: 3 }),
      }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(link, async (made) => {
      expect(await readSqlLink(await writeSqlLink(made))).toEqual(made);
    }),
    { numRuns: 15 },
  );
});

test("an address without a query, or with one that cannot be read, brings nothing", async () => {
  for (const hash of ["", "#", "#sql=", "#sql=%%%", "#sql=AAAA", "#chart=bar"])
    expect(await readSqlLink(hash)).toBe(null);
});

test("a link that would unpack to more than a query may have brings nothing", async () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000, "a")).toString("base64url");
  expect(await readSqlLink(`#sql=${bomb}`)).toBe(null);
});

test("the query stands behind the #, which no server is sent, and in no plain words", async () => {
  const hash = await writeSqlLink({ sql: "SELECT secret FROM products", values: {}, chart: null });
  expect(hash).toMatch(/^#sql=[\w-]+$/);
});
