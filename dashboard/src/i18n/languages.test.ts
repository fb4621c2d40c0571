import { expect, test } from "vitest";
import { chooseLanguage } from "./languages.ts";

test("what was picked here is shown, else the first language of the browser that there is, else English", () => {
  expect(chooseLanguage("pl", ["es-MX", "en"]).language).toBe("pl");
  expect(chooseLanguage(null, ["de-DE", "es-MX", "en"]).language).toBe("es");
  expect(chooseLanguage("klingon", ["tl-PH"]).language).toBe("fil");
  expect(chooseLanguage(null, ["de-DE"]).language).toBe("en");
});

test("numbers are written by the browser's own locale of that language", () => {
  expect(chooseLanguage(null, ["es-MX", "es"]).locale).toBe("es-MX");
  expect(chooseLanguage("en", ["pl-PL", "en-IE"]).locale).toBe("en-IE");
  expect(chooseLanguage("pl", ["en-GB"]).locale).toBe("pl");
});
