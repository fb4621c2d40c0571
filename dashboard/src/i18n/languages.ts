/** The languages of the pages; `name` in the language itself. */
export const LANGUAGES = [
  { id: "en", name: "English" },
  { id: "es", name: "Español" },
  { id: "pl", name: "Polski" },
  { id: "fil", name: "Filipino" },
] as const;

export type LanguageId = (typeof LANGUAGES)[number]["id"];

/**
 * The language to show, and the locale to write numbers and dates by. `stored`: what somebody picked here; `preferred`: the
 * browser's list, best first. A locale of the browser in that language is kept: who reads English in Poland may have en-IE.
 */
export function chooseLanguage(
  stored: string | null,
  preferred: readonly string[],
): { language: LanguageId; locale: string } {
  const picked = LANGUAGES.find(({ id }) => id === stored)?.id;
  const language = picked ?? firstKnown(preferred) ?? "en";
  return { language, locale: preferred.find((each) => languageOf(each) === language) ?? language };
}

function firstKnown(preferred: readonly string[]): LanguageId | undefined {
  for (const each of preferred) {
    const found = languageOf(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `tl` is what older systems call Filipino. */
function languageOf(locale: string): LanguageId | undefined {
  const [code = ""] = locale.toLowerCase().split("-");
  return LANGUAGES.find(({ id }) => id === (code === "tl" ? "fil" : code))?.id;
}
