/** The words of texts, for lists that are easier to read than one word a line. */
export function words(...texts: string[]): string[] {
  return texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== ""));
}
