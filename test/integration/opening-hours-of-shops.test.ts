import { describe, expect, test } from "vitest";
import { parseOpeningHours } from "../../domain/opening-hours/parse-opening-hours.ts";
import { missingSharedData, readSharedBytes } from "../support/shared-data.ts";

const FILE = "kpi/stores/osm_lidl_de_stores.csv";
const missing = missingSharedData(FILE);

describe.skipIf(missing !== null)(`3,223 shops of OpenStreetMap ${missing ?? ""}`, () => {
  test("all but a handful of hours that people wrote are understood; the others are refused with a reason", () => {
    const refused = new Set<string>();
    let understood = 0;
    for (const line of readSharedBytes(FILE).toString("utf8").trimEnd().split("\n").slice(1)) {
      const hours = openingHoursOf(line.trimEnd());
      if (hours === "") continue;
      if (parseOpeningHours(hours).ok) understood += 1;
      else refused.add(hours);
    }
    expect([...refused].sort()).toMatchInlineSnapshot(`
      [
        "Mo-Sa 07:00-20:00; easter -2 days,easter,easter +1 day off; PH off",
        "Mo-Sa 07:00-21:00; PH Su off",
        "Mo-Sa 08:00-20:00; Su, PH, SH closed",
        "Mo-Sa 08:00-21:00 || "Sonntags während der Bäderregelungszeit 12:00-18:00 Uhr"",
        "Mo-Sa 21:00",
        "Occasional",
        "PH off; Mo-Sa 07:00-20:00",
        "PH off; Mo-Sa 07:00-21:00",
        "PH off; Mo-Sa 07:00-22:00",
        "PH,Su off; Mo-Sa 07:00-20:00",
        "PH,Su off; Mo-Sa 07:00-21:00",
        "Su off; PH off; Mo-Sa 07:00-21:00",
        "dauerhaft geschlossen",
      ]
    `);
    expect(understood).toBe(2634);
  });
});

/** The last column; quoted where it has commas or quotation marks. */
function openingHoursOf(line: string): string {
  const quoted = /,"((?:[^"]|"")*)"$/.exec(line)?.[1];
  return quoted === undefined ? line.slice(line.lastIndexOf(",") + 1) : quoted.replaceAll('""', '"');
}
