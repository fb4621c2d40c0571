import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import "./more-button.css";

type MoreButtonProps = {
  shown: number;
  total: number | null;
  isLoading: boolean;
  onMore: (() => void) | null;
};

/** The end of a list that comes in pages: how much of it is shown, and the way to more. `onMore` null: that was all. */
export function MoreButton({ shown, total, isLoading, onMore }: MoreButtonProps) {
  const { t } = useTranslation();
  return (
    <div className="more">
      <span className="muted numeric">
        {total === null ? t("{{shown}} shown", { shown }) : t("{{shown}} of {{total}}", { shown, total })}
      </span>
      {onMore === null ? null : (
        <Button onClick={onMore} disabled={isLoading}>
          {isLoading ? t("Loading …") : t("Show more")}
        </Button>
      )}
    </div>
  );
}
