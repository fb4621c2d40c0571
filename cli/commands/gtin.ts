import type { Command } from "commander";
import { parseGs1Key } from "../../domain/gs1-check-digit.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { inputsOf } from "./inputs.ts";
import { type AnswerRow, cell, printRows } from "./print-rows.ts";

const SSCC_DIGITS = 18;

/** `onhand gtin check`. */
export function registerGtin(program: Command): void {
  const gtin = program.command("gtin").description("check product numbers (GTIN)");
  const check = gtin
    .command("check")
    .description(
      "Check GTINs of 8, 12, 13 or 14 digits and SSCCs of 18, from the arguments or one a line on standard input (-).",
    )
    .argument(
      "[code...]",
      "the digits as printed under the barcode; a GLN is checked like a GTIN of 13 digits",
    )
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
  for await (const input of inputsOf(given, command)) yield checkRow(input);
}

function checkRow(input: string): AnswerRow {
  if (input.length === SSCC_DIGITS && /^\d+$/.test(input)) {
    const sscc = parseGs1Key("SSCC", input);
    return sscc.ok ? { input, ok: true, kind: "SSCC", gtin14: null, sscc: sscc.value } : { input, ...sscc };
  }
  const gtin = parseGtin(input);
  return gtin.ok
    ? { input, ok: true, kind: `GTIN-${input.length}`, gtin14: gtin.value, sscc: null }
    : { input, ...gtin };
}
