/** What keeps a replay from being exact, counted, in words for people. */
export class ReplayNotes {
  readonly #counts = new Map<string, number>();

  add(text: string): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
  }

  list(): string[] {
    return [...this.#counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
  }
}

export const NOTES = {
  settingsUnknown:
    "Which settings were in force at the start is not on record. Those that are set now were used, and the defaults instead of those of ingest's environment.",
  restarted:
    "Ingest was started anew within the time. What it had believed of places by recent reads was lost then, and is not in the replay.",
  tookWaiting:
    "Reads that had waited for a zone or a product were taken in at once. Other reads may have come in between, which a replay does not know.",
  refused:
    "An event that was taken in is refused in the replay: what it names is from before the warm-up, or the settings differ.",
  notUnderstood: "An event is in a form that this program no longer understands; it was left out.",
  imported: "Imported reads were taken too. They are not in the ledger, so it cannot be reproduced.",
  locations:
    "Only some locations were replayed. Items that came from the others, or went there, by reads at the others are not followed.",
} as const;
