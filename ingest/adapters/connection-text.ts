const SAYS_CONNECTED = /\b(online|(re)?connected|connection (established|restored|up))\b/i;
const SAYS_NOT = /\b(not|no|un|dis|off|lost|was)\b/i;
const SAYS_OFFLINE =
  /\b(offline|disconnect(ed|ion|ing)?|connection (lost|closed|down)|not connected|unreachable|lost)\b/i;
const MAX_LENGTH = 200;
/** Twelve hex digits in a row are more likely a tag than a word: such a text is kept as refused, with its bytes. */
const LOOKS_LIKE_DATA = /[0-9A-F]{12}/i;

export type ConnectionSign = "connected" | "offline";

/**
 * Readers announce connecting, disconnecting and their last will as a short free text that their users chose. Any short line of
 * words is taken for such a notice, and means offline unless it says otherwise; null where the text is something else.
 */
export function connectionSignOfText(text: string): ConnectionSign | null {
  const line = text.trim();
  if (line.length > MAX_LENGTH || !/^[\p{L}\p{N}][^\p{Cc}<>{}[\]\uFFFD]*$/u.test(line)) return null;
  if (!/\p{L}/u.test(line) || LOOKS_LIKE_DATA.test(line)) return null;
  return SAYS_CONNECTED.test(line) && !SAYS_NOT.test(line) ? "connected" : "offline";
}

/** The same of words that may say neither: null then. */
export function connectionSignOfWords(words: string): ConnectionSign | null {
  if (SAYS_OFFLINE.test(words)) return "offline";
  return SAYS_CONNECTED.test(words) && !SAYS_NOT.test(words) ? "connected" : null;
}

/** The same notice as a JSON object, `{"status": "offline"}`, under one of its usual names; null elsewhere. */
export function connectionSignOfObject(value: Record<string, unknown>): ConnectionSign | null {
  const status = value["status"] ?? value["state"] ?? value["connection"];
  if (typeof status !== "string" || status.length > MAX_LENGTH) return null;
  return connectionSignOfWords(status);
}
