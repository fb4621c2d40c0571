import "./switch-tabs.css";

type SwitchTabsProps<Id extends string> = {
  /** What is switched between. */
  label: string;
  tabs: readonly { id: Id; label: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
};

/** Buttons in a row, of which one is pressed. */
export function SwitchTabs<Id extends string>({ label, tabs, chosen, onChoose }: SwitchTabsProps<Id>) {
  return (
    <div className="switch-tabs" role="group" aria-label={label}>
      {tabs.map((tab) => (
        <button key={tab.id} type="button" aria-pressed={tab.id === chosen} onClick={() => onChoose(tab.id)}>
          {tab.label}
        </button>
      ))}
    </div>
  );
}
