import type { Client } from "aedes";

/** The part of aedes' packet parser that is needed here; aedes itself sets no limit on the size of a packet. */
type Parser = { parse(chunk: Buffer): number; packet?: { length?: number } };

/**
 * Ends a connection whose present packet is longer than `maxBytes`, as soon as its length is known, before its bytes
 * are collected.
 */
export function guardPacketSize(client: Client, maxBytes: number): void {
  const parser = parserOf(client);
  if (parser === null) throw new Error("aedes changed inside: the limit on packet sizes must be set anew.");
  const parse = parser.parse.bind(parser);
  parser.parse = (chunk) => {
    const waitingBytes = parse(chunk);
    const announcedBytes = parser.packet?.length ?? 0;
    if (Math.max(waitingBytes, announcedBytes) > maxBytes) {
      client.emit("error", new Error(`a packet is longer than ${maxBytes} bytes`));
    }
    return waitingBytes;
  };
}

function parserOf(client: Client): Parser | null {
  const candidate: unknown = "_parser" in client ? client._parser : null;
  const isParser = typeof candidate === "object" && candidate !== null && "parse" in candidate;
  return isParser ? (candidate as Parser) : null;
}
