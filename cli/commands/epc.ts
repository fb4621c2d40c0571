import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { fixedPrefixLength, parsePrefixList, type PrefixLength } from "../../domain/epc/company-prefix.ts";
import type { EncodeOptions } from "../../domain/epc/encode-epc.ts";
import { filterName } from "../../domain/epc/key-schemes.ts";
import { decodeRow, encodeRow } from "./epc-rows.ts";
import { inputsOf } from "./inputs.ts";
import { type AnswerRow, cell, printRows } from "./print-rows.ts";

type EncodeFlags = {
  json?: boolean;
  prefixLength?: number;
  prefixList?: PrefixLength;
  filter?: number;
  bits?: number;
};

/** `onhand epc decode` and `onhand epc encode`. */
export function registerEpc(program: Command): void {
  const epc = program.command("epc").description("decode and encode the codes on RFID tags (EPC)");
  registerDecode(epc);
  registerEncode(epc);
}

function registerDecode(epc: Command): void {
  const decode = epc
    .command("decode")
    .description(
      "Say what is on tags: hex as a reader sends it, from the arguments or one a line on standard input (-).",
    )
    .argument("[hex...]", "EPC code words: any case, 0x allowed")
    .option("--pc <word>", "the tags' protocol control word: its control fields go into the URIs")
    .option("--json", "one JSON object a line, in the order of the inputs");
  decode.action((given: string[], options: { json?: boolean; pc?: string }) =>
    printRows(
      mapInputs(given, decode, (input) => decodeRow(input, options.pc ?? null)),
      {
        json: options.json === true,
        headings: ["EPC", "SCHEME", "KEY", "SERIAL", "FILTER", "IDENTITY"],
        cells: decodeCells,
      },
    ),
  );
}

function registerEncode(epc: Command): void {
  const encode = epc
    .command("encode")
    .description(
      "Make the hex of EPC URIs (urn:epc:id:, tag: or raw:), element strings such as (01)…(21)…, or Digital Links.",
    )
    .argument("[text...]", "a tag or raw URI says its own length and filter; - reads standard input")
    .option(
      "--prefix-length <digits>",
      "length of the company prefix, for element strings and Digital Links: 6 to 12",
      prefixLength,
    )
    .option(
      "--prefix-list <file>",
      "company prefixes, one a line, or GS1's gcpprefixformatlist.json; goes before --prefix-length",
      prefixList,
    )
    .option("--filter <value>", "what the tag is on: 0 (default) to 7, 1 is an item for sale", filterValue)
    .option(
      "--bits <length>",
      "the tag's length, such as 96 or 198; by default the shortest that holds it",
      bitsValue,
    )
    .option("--json", "one JSON object a line, in the order of the inputs");
  encode.action((given: string[], flags: EncodeFlags) => {
    const options = encodeOptions(flags);
    return printRows(
      mapInputs(given, encode, (input) => encodeRow(input, options)),
      {
        json: flags.json === true,
        headings: ["HEX", "BITS", "INPUT"],
        cells: (row) =>
          row.ok ? [cell(row["hex"]), cell(row["bits"]), row.input] : ["-", "-", reasonOf(row)],
      },
    );
  });
}

async function* mapInputs(
  given: readonly string[],
  command: Command,
  answer: (input: string) => AnswerRow,
): AsyncGenerator<AnswerRow> {
  for await (const input of inputsOf(given, command)) yield answer(input);
}

function encodeOptions({ prefixLength: length, prefixList: list, filter, bits }: EncodeFlags): EncodeOptions {
  const fixed = length === undefined ? null : fixedPrefixLength(length);
  return {
    prefixLength: (digits) => list?.(digits) ?? fixed?.(digits) ?? null,
    ...(filter === undefined ? {} : { filter }),
    ...(bits === undefined ? {} : { bits }),
  };
}

function prefixLength(text: string): number {
  if (!/^([6-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("It goes from 6 to 12.");
  return Number(text);
}

function prefixList(file: string): PrefixLength {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new InvalidArgumentError(
      `It can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const list = parsePrefixList(text);
  if (!list.ok) throw new InvalidArgumentError(`${list.detail}.`);
  return list.value;
}

function filterValue(text: string): number {
  if (!/^[0-7]$/.test(text)) throw new InvalidArgumentError("It goes from 0 to 7.");
  return Number(text);
}

function bitsValue(text: string): number {
  if (!/^(96|170|195|198|202)$/.test(text)) {
    throw new InvalidArgumentError("Tags have 96, 170 (GRAI), 195 (SGLN), 198 (SGTIN) or 202 (GIAI) bits.");
  }
  return Number(text);
}

function decodeCells(row: AnswerRow): string[] {
  const { filter, scheme } = row;
  const filterCell = typeof filter === "number" ? `${filter} ${filterName(String(scheme), filter)}` : "-";
  const key = row["gtin14"] ?? row["sscc"] ?? row["gln"] ?? row["grai"] ?? row["giai"];
  return [
    row.input,
    cell(scheme),
    cell(key),
    cell(row["serial"]),
    filterCell,
    row.ok ? cell(row["pureIdentityUri"] ?? row["digitalLink"]) : reasonOf(row),
  ];
}

function reasonOf(row: AnswerRow): string {
  return `${row["rawUri"] === undefined ? "refused" : "kept raw"} (${cell(row["code"])}): ${cell(row["detail"])}`;
}
