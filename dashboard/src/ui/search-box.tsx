import { useEffect, useEffectEvent, useState } from "react";
import "./field.css";
import { Icon } from "./icon.tsx";
import "./search-box.css";

const PAUSE_MS = 120;

type SearchBoxProps = {
  label: string;
  placeholder: string;
  /** What is searched for now. */
  value: string;
  /**
   * Has to bring back `value` as it was given, and at once: any other value is taken for a change from outside, and replaces what is
   * being typed.
   */
  onChange: (value: string) => void;
  /** When it is applied: on each pause of the typing, or not before Enter, where a part of a word would lead to another page. */
  applied?: "on-pause" | "on-enter";
};

/** The page's search: reached by `/`, emptied by Escape, applied by Enter and, unless said otherwise, when the typing pauses. */
export function SearchBox({ label, placeholder, value, onChange, applied = "on-pause" }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    // It was changed from outside: a link, the way back, "show all".
    setSeen(value);
    setText(value);
  }
  function apply(next: string): void {
    setText(next);
    setSeen(next);
    onChange(next);
  }
  const applyTyped = useEffectEvent(() => apply(text));
  useEffect(() => {
    if (applied === "on-enter" || text === seen) return undefined;
    const timer = setTimeout(applyTyped, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [applied, text, seen]);

  return (
    <form
      className="search-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        apply(text);
      }}
    >
      <Icon name="search" size={16} />
      <input
        className="input"
        type="search"
        data-page-search
        aria-label={label}
        aria-keyshortcuts="/"
        enterKeyHint={applied === "on-enter" ? "go" : "search"}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text === "") event.currentTarget.blur();
          else apply("");
        }}
      />
      <KeyHint text={text} isWaiting={applied === "on-enter" && text !== seen} />
    </form>
  );
}

/** The key that does the next thing: `/` leads here, Enter applies what was typed. */
function KeyHint({ text, isWaiting }: { text: string; isWaiting: boolean }) {
  if (isWaiting) return <kbd aria-hidden="true">↵</kbd>;
  return text === "" ? <kbd aria-hidden="true">/</kbd> : null;
}
