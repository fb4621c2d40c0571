import { describe, expect, it } from "vitest";
import { decodeEpc } from "./decode-epc.ts";
import { parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";

function decodeText(text: string) {
  const hex = parseEpcHex(text);
  if (!hex.ok) throw new Error(hex.detail);
  return decodeEpc(hex.value);
}

describe("SGTIN+ and DSGTIN+", () => {
  // Made bit by bit from the layout of TDS 2.3, which prints an example of encoding 4 alone (see reference-vectors.test.ts).
  it.each([
    ["0, digits with their leading zeros", "F73795211411234530500178", "00047"],
    ["1, upper-case hex", "F707952114112345324DEAD0", "DEAD"],
    ["2, lower-case hex", "F787952114112345344BEEF0", "beef"],
    ["3, URL-safe base64", "F717952114112345365699F7EFC0", "aZ9-_"],
    ["5, URN code 40", "F7179521141123453A406ACF3C10", "AB-9"],
  ])("decode the serial's encoding %s", (_name, hex, serial) => {
    expect(decodeText(hex)).toMatchObject({
      ok: true,
      scheme: "SGTIN+",
      serial,
      gtin14: "79521141123453",
      aidcDataFollows: hex[2] === "8",
      partition: null,
      pureIdentityUri: null,
      tagUri: null,
      elementString: `(01)79521141123453(21)${serial}`,
      digitalLink: `https://id.gs1.org/01/79521141123453/21/${serial}`,
    });
    expect(gtinOfEpc(hex)).toBe(79521141123453);
  });

  it.each(["11", "13", "15", "16", "17", "7006", "7007"])("decode the date of AI %s", (ai) => {
    const type = ["11", "13", "15", "16", "17", "7006", "7007"].indexOf(ai);
    expect(decodeText(`FB3${type}344079521141123453017000`)).toMatchObject({
      ok: true,
      scheme: "DSGTIN+",
      filter: 3,
      ais: { "01": "79521141123453", "21": "7", [ai]: "260200" },
      elementString: `(01)79521141123453(21)7(${ai})260200`,
      digitalLink: `https://id.gs1.org/01/79521141123453/21/7?${ai}=260200`,
    });
  });

  it("are one item for one GTIN and serial, whatever filter, date, encoding or further data the tag has", () => {
    const tags = [
      "F73795211411234530500178",
      // Filter 0, more data behind the EPC; the serial as characters; with an expiry date.
      "F70795211411234530500178FFFF",
      "F78795211411234538560C18346E",
      "FB3434407952114112345305001780",
    ];
    const identities = new Set(tags.map((tag) => (decodeText(tag).ok ? identityOfEpc(tag) : tag)));
    expect(identities.size).toBe(1);
    const [identity = ""] = identities;
    expect(identity.length % 4).toBe(0);
    expect(decodeText(identity)).toMatchObject({ ok: true, filter: 0, serial: "00047" });
    expect(identityOfEpc(identity)).toBe(identity);
  });
});
