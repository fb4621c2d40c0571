/** Finds the offset of an IANA time zone at an instant, as `+02:00`; one formatter is made for each zone. */
export function createZoneOffsets(): (timeZone: string, ms: number) => string {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (timeZone, ms) => {
    const known = formatters.get(timeZone);
    const formatter = known ?? new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    if (known === undefined) formatters.set(timeZone, formatter);
    const name = formatter.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
    return /[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? "+00:00";
  };
}
