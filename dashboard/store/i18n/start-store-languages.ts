import { type Catalogue, startLanguages } from "../../src/i18n/start-languages.ts";
import type { LanguageId } from "../../src/i18n/languages.ts";
import english from "./en.json" with { type: "json" };

async function loadCatalogue(language: Exclude<LanguageId, "en">): Promise<Catalogue> {
  switch (language) {
    case "es":
      return (await import("./es.json")).default;
    case "pl":
      return (await import("./pl.json")).default;
    case "fil":
      return (await import("./fil.json")).default;
    default:
      return language satisfies never;
  }
}

/** The store page's languages: catalogues of its own, small enough that the service worker keeps all of them for when the network is away. */
export const startStoreLanguages = (): Promise<void> => startLanguages(english, loadCatalogue);
