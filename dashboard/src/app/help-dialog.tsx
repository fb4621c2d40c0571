import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LanguagePicker } from "../i18n/language-picker.tsx";
import { useLive } from "../live/live-context.tsx";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import "./help-dialog.css";
import { shortcuts } from "./shortcuts.ts";

/** Keys, words, and who is signed in. */
export function HelpDialog({ onTour, onClose }: { onTour: () => void; onClose: () => void }) {
  const { client } = useLive();
  const session = useSession();
  const { t } = useTranslation();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: client.session.remove,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["session"] }),
  });
  return (
    <Dialog
      title={t("Keyboard and words")}
      onClose={onClose}
      foot={
        <>
          <span className="help-session muted">
            {signOut.error === null
              ? t("Signed in as {{role}}", { role: session.role })
              : signOut.error.message}
          </span>
          <Button onClick={onTour}>{t("Take the tour")}</Button>
          <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            <Icon name="signOut" size={16} />
            {t("Sign out")}
          </Button>
        </>
      }
    >
      <dl className="help-list">
        {shortcuts(t).map((shortcut) => (
          <div key={shortcut.keys}>
            <dt>{shortcut.label}</dt>
            <dd>
              <kbd>{shortcut.keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <LanguagePicker />
      <div className="help-words">
        <p>
          <strong>{t("Available")}</strong>:{" "}
          {t(
            "What may be promised: sellable − reserved − safety stock − allocated, never below 0, in whole units.",
          )}
        </p>
        <p>
          <strong>{t("Last seen")}</strong>:{" "}
          {t(
            "The age of the truth: the time since the last physical evidence of the product at that location, such as a read, a count or a sale.",
          )}
        </p>
      </div>
    </Dialog>
  );
}
