import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Dialog } from "../../src/ui/dialog.tsx";
import { createBarcodeReader } from "./barcode-reader.ts";

const LOOK_EVERY_MS = 150;
/** The same code is taken once while it stays in the picture. */
const FORGET_AFTER_MS = 2_000;

/** Can the browser read codes in a picture, and is there a way to ask for the camera? Both need https. */
export function hasCameraScanner(): boolean {
  return "BarcodeDetector" in globalThis && "mediaDevices" in navigator;
}

/** The camera's picture; each code in it is scanned once. It stays open for the next one. */
export function CameraDialog({ onScan, onClose }: { onScan: (text: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [last, setLast] = useState("");
  const scanned = useEffectEvent((text: string) => {
    setLast(text);
    if ("vibrate" in navigator) navigator.vibrate(60);
    onScan(text);
  });
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const seen = new Map<string, number>();
    const look = async (read: (source: HTMLVideoElement) => Promise<string[]>): Promise<void> => {
      const picture = video.current;
      if (picture !== null && picture.readyState >= picture.HAVE_CURRENT_DATA) {
        const nowMs = Date.now();
        for (const text of await read(picture).catch(() => [])) {
          if (nowMs - (seen.get(text) ?? 0) > FORGET_AFTER_MS) scanned(text);
          seen.set(text, nowMs);
        }
      }
      if (!isOver) timer = setTimeout(() => void look(read), LOOK_EVERY_MS);
    };
    void (async () => {
      try {
        const read = createBarcodeReader();
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        if (isOver) return stream.getTracks().forEach((track) => track.stop());
        if (video.current !== null) {
          video.current.srcObject = stream;
          await video.current.play();
        }
        await look(read);
      } catch (error) {
        if (!isOver) setProblem(error);
      }
    })();
    return () => {
      isOver = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <Dialog title={t("Hold the code into the picture")} onClose={onClose}>
      {problem === null ? (
        <>
          <video ref={video} className="camera" muted playsInline aria-label={t("Picture of the camera")} />
          <p role="status">
            {last === "" ? t("Nothing scanned yet.") : t("Scanned {{product}}", { product: last })}
          </p>
        </>
      ) : (
        <p role="alert">{wordsOf(t, problem)}</p>
      )}
    </Dialog>
  );
}

function wordsOf(t: TFunction, error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") {
    return t(
      "The camera is not allowed for this page. Allow it in the browser's settings of this page, or type the number.",
    );
  }
  if (name === "NotFoundError") return t("This device has no camera. Type the number, or use a scanner.");
  return t("The camera can't be used: {{reason}}. Type the number instead.", {
    reason: error instanceof Error ? error.message : String(error),
  });
}
