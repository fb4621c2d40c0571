import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { setDisplayLocale } from "../format/display-locale.ts";
import { chooseLanguage, type LanguageId } from "./languages.ts";

const KEY = "onhand.language";

export type Catalogue = Readonly<Record<string, string>>;

/**
 * Sets the language of this page; before anything is drawn, so that nothing is drawn twice. The English sentence is the key: what
 * a catalogue has not yet stands in English, and no sentence is ever missing. `english` has the forms of plurals only.
 */
export async function startLanguages(
  english: Catalogue,
  load: (language: Exclude<LanguageId, "en">) => Promise<Catalogue>,
): Promise<void> {
  const { language, locale } = chooseLanguage(storedLanguage(), navigator.languages);
  setDisplayLocale(locale);
  document.documentElement.lang = language;
  const catalogue = language === "en" ? english : await load(language).catch(() => ({}));
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: english }, [language]: { translation: catalogue } },
    keySeparator: false,
    nsSeparator: false,
    // React writes text as text.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

/** Keeps a language and loads the page again: its address holds what was looked at, and every number is written anew. */
export function pickLanguage(language: LanguageId): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing stays with its own language.
  }
  location.reload();
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
