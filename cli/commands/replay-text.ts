import type { ItemDifference, ReplayReport } from "../../domain/api/tracking-replays.ts";

/** A replay's report for people. */
export function replayText(report: ReplayReport, isChanged: boolean): string {
  const { taken, ledger } = report;
  const total = ledger.same + ledger.onlyInLedger;
  const lines = [
    `${report.from} to ${report.to}: ${number(taken.reads)} reads in ${number(taken.messages)} messages, ${number(taken.events)} events, in ${report.seconds.toFixed(1)} s`,
    ledger.isExact
      ? `With the settings that were in force it is the ledger exactly: ${number(total)} events.`
      : `With the settings that were in force ${number(ledger.same)} of the ledger's ${number(total)} events are the same; ${number(ledger.onlyInReplay)} are in the replay alone.`,
    ...report.notes.map((note) => `Note: ${note}`),
    "",
    isChanged
      ? "With the settings asked for, instead of those in force:"
      : "The replay, instead of the ledger:",
  ];
  if (report.items.differing + report.positions.differing + report.movements.length === 0) {
    lines.push("  nothing differs");
    return `${lines.join("\n")}\n`;
  }
  for (const { locationId, reason, before, after } of report.movements) {
    lines.push(
      `  ${locationId}: ${reason}: ${signed(after.units)} units in ${number(after.lines)} lines, instead of ${signed(before.units)} in ${number(before.lines)}`,
    );
  }
  lines.push(`  ${number(report.positions.differing)} positions differ`);
  for (const { locationId, gtin, state, before, after } of report.positions.examples) {
    lines.push(`    ${locationId} ${gtin} ${state}: ${after} instead of ${before}`);
  }
  lines.push(`  ${number(report.items.differing)} items differ`);
  for (const item of report.items.examples) {
    lines.push(
      `    ${item.epc} (${item.gtin}): ${placeText(item.after)} instead of ${placeText(item.before)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function placeText(place: ItemDifference["before"]): string {
  if (place === null) return "not known";
  const { locationId, zoneId, status, state } = place;
  return `${status} at ${locationId}${zoneId === "" ? "" : `/${zoneId}`}${state === "sellable" ? "" : `, ${state}`}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}
