let chosen: string | undefined;

/** The locale that numbers, money and times are written by; undefined is the system's. Set before the page is drawn. */
export function displayLocale(): string | undefined {
  return chosen;
}

/** An unknown locale is left out: its numbers would not be written at all. */
export function setDisplayLocale(locale: string): void {
  try {
    chosen = Intl.getCanonicalLocales(locale)[0];
  } catch {
    chosen = undefined;
  }
}

const made = new Map<string, Intl.NumberFormat>();

/** A formatter of numbers in the chosen locale, made once: to make one takes longer than to use it a thousand times. */
export function numberFormat(options: Intl.NumberFormatOptions, locale = chosen): Intl.NumberFormat {
  const key = `${locale ?? ""} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}

const madeOfDates = new Map<string, Intl.DateTimeFormat>();

/** The same of dates and times. */
export function dateFormat(options: Intl.DateTimeFormatOptions, locale = chosen): Intl.DateTimeFormat {
  const key = `${locale ?? ""} ${JSON.stringify(options)}`;
  const known = madeOfDates.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  madeOfDates.set(key, format);
  return format;
}
