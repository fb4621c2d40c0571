import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import "./chart-fields.css";
import { SelectField } from "../ui/field.tsx";
import { CHART_KINDS, type ChartChoice, type ChartColumn, type ChartKind } from "./chart-choice.ts";

type ChartFieldsProps = {
  choice: ChartChoice;
  columns: readonly ChartColumn[];
  onChange: (choice: ChartChoice) => void;
};

/** What is drawn, over what. */
export function ChartFields({ choice, columns, onChange }: ChartFieldsProps) {
  const { t } = useTranslation();
  const numbers = columns.filter(({ is }) => is === "number").map(({ name }) => name);
  const places = choice.kind === "scatter" ? numbers : columns.map(({ name }) => name);
  const asChoices = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  const more = numbers.filter((name) => !choice.ys.includes(name));
  const setKind = (value: string) => {
    const kind = CHART_KINDS.find((one) => one === value) ?? choice.kind;
    const x = kind === "scatter" && !numbers.includes(choice.x) ? (numbers[0] ?? choice.x) : choice.x;
    const others = [...choice.ys, ...numbers].filter((name) => name !== x);
    onChange({ kind, x, ys: kind === "scatter" && others.length > 0 ? others.slice(0, 1) : choice.ys });
  };
  return (
    <div className="chart-fields" role="group" aria-label={t("What the chart shows")}>
      <SelectField
        label={t("Chart")}
        value={choice.kind}
        choices={CHART_KINDS.map((kind) => ({ value: kind, label: kindLabel(t, kind) }))}
        onChange={setKind}
      />
      <SelectField
        label={t("Over")}
        value={choice.x}
        choices={asChoices(places)}
        onChange={(x) => onChange({ ...choice, x })}
      />
      {choice.ys.map((y, index) => (
        <SelectField
          key={y}
          label={choice.ys.length === 1 ? t("Values") : t("Values {{place}}", { place: index + 1 })}
          value={y}
          choices={[
            ...asChoices([y, ...more]),
            ...(choice.ys.length > 1 ? [{ value: "", label: t("Leave out") }] : []),
          ]}
          onChange={(next) =>
            onChange({
              ...choice,
              ys: choice.ys.map((one) => (one === y ? next : one)).filter((one) => one !== ""),
            })
          }
        />
      ))}
      {choice.kind !== "scatter" && more.length > 0 ? (
        <SelectField
          label={t("And")}
          value=""
          choices={[{ value: "", label: t("Add a column") }, ...asChoices(more)]}
          onChange={(next) => onChange({ ...choice, ys: [...choice.ys, next] })}
        />
      ) : null}
    </div>
  );
}

function kindLabel(t: TFunction, kind: ChartKind): string {
  switch (kind) {
    case "line":
      return t("Lines");
    case "bar":
      return t("Bars");
    case "scatter":
      return t("Points");
    default:
      return kind satisfies never;
  }
}
