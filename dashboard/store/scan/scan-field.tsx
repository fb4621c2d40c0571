import { useTranslation } from "react-i18next";
import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { CameraDialog, hasCameraScanner } from "./camera-dialog.tsx";
import { useWedge } from "./use-wedge.ts";

/** Scan or type: the camera where the browser can read codes, a scanner that types like a keyboard, or fingers. */
export function ScanField({
  onScan,
  action,
  label,
  placeholder,
}: {
  onScan: (text: string) => void;
  action?: string;
  label?: string;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [isCameraOn, setCameraOn] = useState(false);
  useWedge(onScan);
  return (
    <form
      className="scan-field"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        setText("");
        onScan(text);
      }}
    >
      <TextField
        label={label ?? t("Scan or type")}
        placeholder={placeholder ?? t("Barcode or tag")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="done"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" className="big" disabled={text.trim() === ""}>
        {action ?? t("Count it")}
      </Button>
      {hasCameraScanner() ? (
        <Button className="big" onClick={() => setCameraOn(true)}>
          {t("Camera")}
        </Button>
      ) : null}
      {isCameraOn ? <CameraDialog onScan={onScan} onClose={() => setCameraOn(false)} /> : null}
    </form>
  );
}
