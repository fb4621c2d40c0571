import { ok, refuse, type Result } from "../result.ts";

/**
 * How many digits (6 to 12) of a GS1 key's number are the company prefix, given the digits from where the prefix begins. It is
 * not in the number itself. Null where it is not known.
 */
export type PrefixLength = (digits: string) => number | null;

const SHORTEST = 6;
const LONGEST = 12;

/** The same length for every key: that of the retailer's own prefix. */
export function fixedPrefixLength(length: number): PrefixLength {
  return () => length;
}

/** Nothing is known of prefixes. */
export const noPrefixLength: PrefixLength = () => null;

/**
 * Lengths from a list: GS1's `gcpprefixformatlist.json` (`{GCPPrefixFormatList: {entry: [{prefix, gcpLength}]}}`), or one company
 * prefix a line (blank lines and what follows a # are left out). The longest entry that a key begins with decides. Refuses
 * `epc_prefix_list`.
 */
export function parsePrefixList(text: string): Result<PrefixLength> {
  const lengths = new Map<string, number>();
  const entries = text.trimStart().startsWith("{") ? entriesOfJson(text) : entriesOfLines(text);
  if (entries === null) return refuse("epc_prefix_list", "the list is not GS1's gcpprefixformatlist.json");
  for (const { prefix, length } of entries) {
    if (!/^\d{1,12}$/.test(prefix)) {
      return refuse("epc_prefix_list", `"${prefix.slice(0, 40)}" is not a company prefix: 6 to 12 digits`);
    }
    // GS1's list says 0 where numbers of the range have no company prefix.
    if (length === 0) continue;
    if (!Number.isInteger(length) || length < SHORTEST || length > LONGEST) {
      return refuse("epc_prefix_list", `the prefix ${prefix} can't have ${length} digits: it has 6 to 12`);
    }
    lengths.set(prefix, length);
  }
  return ok((digits) => {
    for (let length = LONGEST; length > 0; length -= 1) {
      const found = lengths.get(digits.slice(0, length));
      if (found !== undefined) return found;
    }
    return null;
  });
}

type Entry = { prefix: string; length: number };

function entriesOfLines(text: string): Entry[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((prefix) => ({ prefix, length: prefix.length }));
}

function entriesOfJson(text: string): Entry[] | null {
  const entries = memberOf(memberOf(parseJson(text), "GCPPrefixFormatList"), "entry");
  if (!Array.isArray(entries)) return null;
  return entries.map((entry: unknown) => ({
    prefix: String(memberOf(entry, "prefix")),
    length: Number(memberOf(entry, "gcpLength")),
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
