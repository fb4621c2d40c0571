import type { Command } from "commander";
import { parseGtin } from "../../domain/gtin.ts";
import { inputsOf } from "./inputs.ts";
import { type AnswerRow, cell, printRows } from "./print-rows.ts";

/** `onhand gtin check`. */
export function registerGtin(program: Command): void {
  const gtin = program.command("gtin").description("Check product numbers (GTIN).");
  const check = gtin
    .command("check")
    .description("Check GTINs of 8, 12, 13 or 14 digits, from the arguments or one a line on standard input.")
    .argument("[code...]", "the digits as printed under the barcode")
    .option("--json", "one JSON object a line, in the order of the inputs");
  check.action((given: string[], options: { json?: boolean }) =>
    printRows(checkAll(given, check), {
      json: options.json === true,
      headings: ["CODE", "KIND", "GTIN-14"],
      cells: (row) => [
        row.input,
        cell(row["kind"]),
        row.ok ? cell(row["gtin14"]) : `refused (${cell(row["code"])}): ${cell(row["detail"])}`,
      ],
    }),
  );
}

async function* checkAll(given: readonly string[], command: Command): AsyncGenerator<AnswerRow> {
  for await (const input of inputsOf(given, command)) {
    const gtin = parseGtin(input);
    if (!gtin.ok) yield { input, ...gtin };
    else yield { input, ok: true, kind: `GTIN-${input.length}`, gtin14: gtin.value };
  }
}
