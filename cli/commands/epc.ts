import { type Command, InvalidArgumentError } from "commander";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { encodeDigitalLink } from "../../domain/epc/digital-link.ts";
import { encodeEpcUri } from "../../domain/epc/encode-epc.ts";
import { schemeOfHeader } from "../../domain/epc/headers.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import { SGTIN_FILTERS } from "../../domain/epc/sgtin.ts";
import type { EpcHex } from "../../domain/identifiers.ts";
import { type Result, refuse } from "../../domain/result.ts";
import { inputsOf } from "./inputs.ts";
import { type AnswerRow, cell, printRows } from "./print-rows.ts";

type EncodeOptions = { json?: boolean; prefixLength?: number };

/** `onhand epc decode` and `onhand epc encode`. */
export function registerEpc(program: Command): void {
  const epc = program.command("epc").description("Decode and encode the codes on RFID tags (EPC).");
  const decode = epc
    .command("decode")
    .description(
      "Say what is on tags: hex as a reader sends it, from the arguments or one a line on standard input.",
    )
    .argument("[hex...]", "EPC code words: any case, 0x allowed, whole bytes")
    .option("--json", "one JSON object a line, in the order of the inputs");
  decode.action((given: string[], options: { json?: boolean }) =>
    printRows(mapInputs(given, decode, decodeRow), {
      json: options.json === true,
      headings: ["EPC", "SCHEME", "GTIN", "SERIAL", "FILTER", "IDENTITY"],
      cells: decodeCells,
    }),
  );
  const encode = epc
    .command("encode")
    .description("Make the hex of EPC URIs (urn:epc:id:, tag: or raw:) or Digital Links.")
    .argument("[uri...]", "a pure identity URI gets filter 0 and the shortest scheme")
    .option(
      "--prefix-length <digits>",
      "length of the company prefix, for Digital Links: 6 to 12",
      prefixLength,
    )
    .option("--json", "one JSON object a line, in the order of the inputs");
  encode.action((given: string[], options: EncodeOptions) =>
    printRows(
      mapInputs(given, encode, (input) => encodeRow(input, options.prefixLength)),
      {
        json: options.json === true,
        headings: ["HEX", "BITS", "INPUT"],
        cells: (row) =>
          row.ok ? [cell(row["hex"]), cell(row["bits"]), row.input] : ["-", "-", reasonOf(row)],
      },
    ),
  );
}

async function* mapInputs(
  given: readonly string[],
  command: Command,
  answer: (input: string) => AnswerRow,
): AsyncGenerator<AnswerRow> {
  for await (const input of inputsOf(given, command)) yield answer(input);
}

function prefixLength(text: string): number {
  if (!/^([6-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("It goes from 6 to 12.");
  return Number(text);
}

function decodeRow(input: string): AnswerRow {
  const hex = parseEpcHex(input);
  // What can't be read as a whole still tells by its header what it was meant to be.
  if (!hex.ok) return { input, ...hex, scheme: schemeOfHeader(input.replace(/^0x/i, "").toUpperCase()) };
  return { input, ...decodeEpc(hex.value) };
}

function encodeRow(input: string, prefixDigits: number | undefined): AnswerRow {
  const hex = encodeText(input, prefixDigits);
  if (!hex.ok) return { input, ...hex };
  const decoded = decodeEpc(hex.value);
  if (decoded.ok) return { input, ...decoded };
  // A raw URI may hold a tag that is not decoded: it was encoded all the same.
  const { hex: word, bits, scheme, rawUri } = decoded;
  return { input, ok: true, hex: word, bits, scheme, rawUri };
}

function encodeText(input: string, prefixDigits: number | undefined): Result<EpcHex> {
  if (!/^https?:/i.test(input)) return encodeEpcUri(input);
  if (prefixDigits !== undefined) return encodeDigitalLink(input, prefixDigits);
  return refuse(
    "epc_prefix_length_unknown",
    "a Digital Link does not tell how long its company prefix is: say so with --prefix-length",
  );
}

function decodeCells(row: AnswerRow): string[] {
  const filter = row["filter"];
  const filterName = typeof filter === "number" ? `${filter} ${SGTIN_FILTERS[filter] ?? ""}` : "-";
  return [
    row.input,
    cell(row["scheme"]),
    cell(row["gtin14"]),
    cell(row["serial"]),
    filterName,
    row.ok ? cell(row["pureIdentityUri"]) : reasonOf(row),
  ];
}

function reasonOf(row: AnswerRow): string {
  return `${row["rawUri"] === undefined ? "refused" : "kept raw"} (${cell(row["code"])}): ${cell(row["detail"])}`;
}
