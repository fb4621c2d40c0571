import { type ReactNode, useId } from "react";

export type ListedChoice<Value extends string> = { value: Value; title: string; detail?: ReactNode };

type ChoiceListProps<Value extends string> = {
  legend: string;
  choices: readonly ListedChoice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** Beside each other: for a few short ones. */
  isRow?: boolean;
};

/** One of several, each as big as a finger, with what there is to know of it. */
export function ChoiceList<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  isRow = false,
}: ChoiceListProps<Value>) {
  const name = useId();
  return (
    <fieldset className={isRow ? "choices is-row" : "choices"}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <strong>{choice.title}</strong>
            {choice.detail === undefined ? null : <span className="choice-detail">{choice.detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
