import { ok, refuse, type Result } from "../result.ts";

/**
 * What the memory bank says beside the EPC (TDS 1.13, 12.2): attribute bits, whether user memory is in use, the extended protocol
 * control words. As hex texts without `x`; null where the URI says nothing.
 */
export type ControlFields = { att: string | null; umi: "0" | "1" | null; xpc: string | null };

export const NO_CONTROL_FIELDS: ControlFields = { att: null, umi: null, xpc: null };

const FIELDS = /^(?:\[[^\]]*\])+:?/;
const FIELD = /^(?:(att)=x([0-9A-F]{2})|(umi)=([01])|(xpc)=x([0-9A-F]{4}|[0-9A-F]{8}))$/i;

/**
 * Takes `[att=xNN][umi=1][xpc=xNNNN]` from the start of a URI's body, with or without the colon after it. Refuses
 * `epc_control_fields` where a field is unknown, of another form, twice, or not in alphabetical order.
 */
export function takeControlFields(body: string): Result<{ fields: ControlFields; rest: string }> {
  const text = FIELDS.exec(body)?.[0] ?? "";
  const fields: ControlFields = { ...NO_CONTROL_FIELDS };
  let last = "";
  for (const [, field = ""] of text.matchAll(/\[([^\]]*)\]/g)) {
    const match = FIELD.exec(field);
    const name = (match?.[1] ?? match?.[3] ?? match?.[5] ?? "").toLowerCase();
    if (match === null || name <= last) {
      return refuse(
        "epc_control_fields",
        `the control field "[${field.slice(0, 40)}]" is none of [att=xNN], [umi=1], [xpc=xNNNN], or not in this order`,
      );
    }
    if (match[2] !== undefined) fields.att = match[2].toUpperCase();
    if (match[4] !== undefined) fields.umi = match[4] === "1" ? "1" : "0";
    if (match[6] !== undefined) fields.xpc = match[6].toUpperCase();
    last = name;
  }
  return ok({ fields, rest: body.slice(text.length) });
}

/** The same as text, with the colon that divides them from the body; empty where there are none. Zero attributes are left out. */
export function writeControlFields({ att, umi, xpc }: ControlFields): string {
  const parts = [
    att === null || att === "00" ? "" : `[att=x${att}]`,
    umi === "1" ? "[umi=1]" : "",
    xpc === null ? "" : `[xpc=x${xpc}]`,
  ].join("");
  return parts === "" ? "" : `${parts}:`;
}

/** What a tag's protocol control word (bits 10h to 1Fh of its EPC memory) says. */
export type ProtocolControl = {
  /** Bits of the EPC that follow it. */
  bits: number;
  fields: ControlFields;
  /** Set when the tag is an ISO tag, whose code word is no EPC. */
  applicationFamily: string | null;
};

/**
 * Reads a PC word of 4 hex digits: length in words 5 bits, user memory, XPC, toggle, then attributes or, with the toggle, the
 * application family (TDS 1.13, 9). An XPC word follows elsewhere, so it is not known here. Refuses `epc_bad_pc`.
 */
export function readProtocolControl(text: string): Result<ProtocolControl> {
  if (!/^(?:0x)?[0-9A-F]{4}$/i.test(text)) {
    return refuse("epc_bad_pc", `"${text.slice(0, 40)}" is not a protocol control word: it has 4 hex digits`);
  }
  const word = Number.parseInt(text.slice(-4), 16);
  const low = text.slice(-2).toUpperCase();
  const isIso = (word & 0x0100) !== 0;
  return ok({
    bits: (word >> 11) * 16,
    fields: { att: isIso ? null : low, umi: (word & 0x0400) === 0 ? "0" : "1", xpc: null },
    applicationFamily: isIso ? low : null,
  });
}
