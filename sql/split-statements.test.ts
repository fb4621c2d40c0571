import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { splitStatements } from "./split-statements.ts";

test("semicolons separate statements, but not inside quotes and comments", () => {
  const script = `-- first; not a statement
SELECT ';', 'it''s;', 'a\\';b', "x;y", \`q;r\` /* ; */ -- ;
;
/* only a comment; */ ;
SELECT 2`;
  expect(splitStatements(script)).toEqual([
    "SELECT ';', 'it''s;', 'a\\';b', \"x;y\", `q;r` /* ; */ -- ;",
    "SELECT 2",
  ]);
});

test("an open quote or comment is an error that names its line", () => {
  expect(() => splitStatements("SELECT 1;\nSELECT 'abc")).toThrow(/line 2/);
  expect(() => splitStatements("SELECT 1 /* abc")).toThrow(/never closed/);
});

test("joined statements come apart again", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ";", "'", "\\", "`", "-", "/", "*", "\n", '"') });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      const statements = texts.map((t) => `SELECT '${t.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`);
      expect(splitStatements(statements.join(";\n -- c;\n"))).toEqual(statements);
    }),
  );
});

test("every statement of the schema can be run twice", () => {
  const folder = new URL("schema/", import.meta.url);
  for (const file of readdirSync(folder)) {
    for (const statement of splitStatements(readFileSync(new URL(file, folder), "utf8"))) {
      expect(`${file}: ${statement}`).toMatch(
        // A copy takes what comes after the last that is there.
        /IF (NOT )?EXISTS|: (CREATE OR REPLACE|ALTER TABLE \S+\s+MODIFY)|: INSERT INTO (\w+)[^;]*> \(SELECT max\(\w+\) FROM \3\)/,
      );
    }
  }
});
