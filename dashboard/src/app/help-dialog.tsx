import { Dialog } from "../ui/dialog.tsx";
import "./help-dialog.css";
import { SHORTCUTS } from "./shortcuts.ts";

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard and words" onClose={onClose}>
      <dl className="help-list">
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.keys}>
            <dt>{shortcut.label}</dt>
            <dd>
              <kbd>{shortcut.keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="help-words">
        <p>
          <strong>Available</strong> is what may be promised: sellable − reserved − safety stock − allocated,
          never below 0, in whole units.
        </p>
        <p>
          <strong>Last seen</strong> is the age of the truth: the time since the last physical evidence of the
          product at that location, such as a read, a count or a sale.
        </p>
      </div>
    </Dialog>
  );
}
