import { z } from "zod";

/** Of the Barcode Detection API, which TypeScript's library does not have: https://wicg.github.io/shape-detection-api/ */
type Detector = { detect(source: HTMLVideoElement): Promise<unknown> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "itf", "code_128", "data_matrix", "qr_code"];
const foundSchema = z.array(z.object({ rawValue: z.string() }));

/** Reads the codes in a picture, as text. Throws where the browser has no reader. */
export function createBarcodeReader(): (source: HTMLVideoElement) => Promise<string[]> {
  const found: unknown = Reflect.get(globalThis, "BarcodeDetector");
  if (!isDetectorClass(found)) throw new Error("this browser reads no codes");
  const detector = new found({ formats: FORMATS });
  return async (source) => foundSchema.parse(await detector.detect(source)).map(({ rawValue }) => rawValue);
}

function isDetectorClass(value: unknown): value is DetectorClass {
  return typeof value === "function";
}
