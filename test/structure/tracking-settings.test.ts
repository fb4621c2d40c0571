import { expect, it } from "vitest";
import { describeSettings } from "../../server/settings/describe-settings.ts";
import { readProjectFile, sectionOf, tableRows } from "./source-text.ts";

it("docs/tracking-settings.md has every setting of tracking with its default and its meaning, and no other", () => {
  const expected = describeSettings().map((setting) => [
    `\`${setting.name}\``,
    String(setting.default),
    setting.description,
  ]);
  const document = readProjectFile("docs/tracking-settings.md");
  expect(tableRows(sectionOf(document, "Settings"))).toEqual(expected);
});
