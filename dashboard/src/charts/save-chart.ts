/** Offers a text as a file to keep. */
export function saveText(text: string, name: string, contentType: string): void {
  save(URL.createObjectURL(new Blob([text], { type: contentType })), name);
}

/** Offers what an element shows as a picture, on the page's ground, as sharp as two pixels for one. */
export async function savePicture(element: HTMLElement, name: string): Promise<void> {
  const { toBlob } = await import("html-to-image");
  const blob = await toBlob(element, {
    pixelRatio: 2,
    backgroundColor: getComputedStyle(element).getPropertyValue("--surface").trim(),
    filter: (node) => !(node instanceof HTMLElement && node.dataset["notInPicture"] !== undefined),
  });
  if (blob === null) throw new Error("The browser made no picture of this chart.");
  save(URL.createObjectURL(blob), name);
}

const KEPT_MS = 60_000;

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
