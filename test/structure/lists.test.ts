import { describe, expect, it } from "vitest";
import { LIST_HOURS, LISTS } from "../../domain/api/lists.ts";
import { readProjectFile, tableRows } from "./source-text.ts";

const document = readProjectFile("docs/lists.md");

describe("docs/lists.md", () => {
  it.each(LISTS)("has the header of the SQL of %s, word for word", (name) => {
    const [header = ""] = /^(--.*\n)+/.exec(readProjectFile(`sql/queries/lists/${name}.sql`)) ?? [];
    expect(header).toContain("-- Question:");
    expect(document).toContain(`\`\`\`sql\n${header}\`\`\``);
  });

  it("says of every list how far it looks back", () => {
    const words = (hours: number) => (hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`);
    const expected = LISTS.map((name) => {
      const { defaultHours, maxHours } = LIST_HOURS[name];
      const isNow = name === "backroom-only";
      return [`\`${name}\``, isNow ? "now" : words(defaultHours), isNow ? "–" : words(maxHours)];
    });
    expect(tableRows(document)).toEqual(expected);
  });
});
