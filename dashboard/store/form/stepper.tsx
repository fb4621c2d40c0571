import { useTranslation } from "react-i18next";
import { Button } from "../../src/ui/button.tsx";

type StepperProps = {
  /** What is counted, for those who do not see it. */
  label: string;
  value: number;
  least?: number;
  /** Null: there is no most. */
  most: number | null;
  onChange: (value: number) => void;
  /** How the number is said, such as `2 units`. */
  words: (value: number) => string;
};

/** A small number by two big buttons: nothing has to be typed. */
export function Stepper({ label, value, least = 1, most, onChange, words }: StepperProps) {
  const { t } = useTranslation();
  return (
    <div className="stepper" role="group" aria-label={label}>
      <Button
        className="big"
        aria-label={t("One less")}
        disabled={value <= least}
        onClick={() => onChange(value - 1)}
      >
        −
      </Button>
      <strong className="numeric" role="status">
        {words(value)}
      </strong>
      <Button
        className="big"
        aria-label={t("One more")}
        disabled={most !== null && value >= most}
        onClick={() => onChange(value + 1)}
      >
        +
      </Button>
    </div>
  );
}
