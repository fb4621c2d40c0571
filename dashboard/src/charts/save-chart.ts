/** Offers a text as a file to keep. */
export function saveText(text: string, name: string, contentType: string): void {
  save(URL.createObjectURL(new Blob([text], { type: contentType })), name);
}

/** Offers what an element shows as a picture, on the page's ground, as sharp as two pixels for one. */
export async function savePicture(element: HTMLElement, name: string): Promise<void> {
  const { toBlob } = await import("html-to-image");
  const blob = await toBlob(element, {
    pixelRatio: 2,
    fontEmbedCSS: await fontsInText(),
    backgroundColor: getComputedStyle(element).getPropertyValue("--surface").trim(),
    filter: (node) => !(node instanceof HTMLElement && node.dataset["notInPicture"] !== undefined),
  });
  if (blob === null) throw new Error("The browser made no picture of this chart.");
  save(URL.createObjectURL(blob), name);
}

/**
 * The page's fonts as CSS that holds the files themselves: a picture loads nothing. The library's own way sets a base address in a
 * document, which the page's security policy refuses.
 */
async function fontsInText(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule),
  );
  const texts = await Promise.all(
    rules.map(async (rule) => {
      const file = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1];
      if (file === undefined) return rule.cssText;
      const answer = await fetch(new URL(file, rule.parentStyleSheet?.href ?? location.href));
      return answer.ok ? rule.cssText.replace(file, await dataUrlOf(await answer.blob())) : "";
    }),
  );
  return texts.join("\n");
}

async function dataUrlOf(file: Blob): Promise<string> {
  let text = "";
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return `data:${file.type};base64,${btoa(text)}`;
}

const KEPT_MS = 60_000;

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
