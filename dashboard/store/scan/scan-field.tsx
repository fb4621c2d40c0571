import { useState } from "react";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { CameraDialog, hasCameraScanner } from "./camera-dialog.tsx";
import { useWedge } from "./use-wedge.ts";

/** Scan or type: the camera where the browser can read codes, a scanner that types like a keyboard, or fingers. */
export function ScanField({
  onScan,
  action = "Count it",
  label = "Scan or type",
  placeholder = "Barcode or tag",
}: {
  onScan: (text: string) => void;
  action?: string;
  label?: string;
  placeholder?: string;
}) {
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
        label={label}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="done"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" className="big" disabled={text.trim() === ""}>
        {action}
      </Button>
      {hasCameraScanner() ? (
        <Button className="big" onClick={() => setCameraOn(true)}>
          Camera
        </Button>
      ) : null}
      {isCameraOn ? <CameraDialog onScan={onScan} onClose={() => setCameraOn(false)} /> : null}
    </form>
  );
}
