import { type Catalogue, startLanguages } from "./start-languages.ts";
import type { LanguageId } from "./languages.ts";
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

/** The dashboard's languages, one catalogue loaded. */
export const startDashboardLanguages = (): Promise<void> => startLanguages(english, loadCatalogue);
