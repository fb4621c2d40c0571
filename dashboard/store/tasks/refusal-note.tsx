import { useTranslation } from "react-i18next";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import type { Refusal } from "../outbox/outbox-entry.ts";

/** Why something can't be done, to be seen from an arm's length. */
export function RefusalNote({ refusal, onClose }: { refusal: Refusal | null; onClose: () => void }) {
  const { t } = useTranslation();
  if (refusal === null) return null;
  return (
    <div className="refusal-note" role="alert">
      <Icon name="block" size={28} />
      <div>
        <strong>{refusal.title}</strong>
        <p>{refusal.detail}</p>
      </div>
      <Button className="big" onClick={onClose}>
        {t("OK")}
      </Button>
    </div>
  );
}
