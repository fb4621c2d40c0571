import { useEffect, useRef, useState } from "react";
import "./field.css";
import { Icon } from "./icon.tsx";
import "./search-box.css";

const PAUSE_MS = 120;

type SearchBoxProps = {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
};

/** The page's search: reached by `/`, emptied by Escape, applied when the typing pauses. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (value !== applied) {
    // It was changed from outside: a link, the way back, "show all".
    setApplied(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(next: string, pauseMs = PAUSE_MS): void {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setApplied(next);
      onChange(next);
    }, pauseMs);
  }

  return (
    <div className="search-box" role="search">
      <Icon name="search" size={16} />
      <input
        className="input"
        type="search"
        data-page-search
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text === "") event.currentTarget.blur();
          else type("", 0);
        }}
      />
      {text === "" ? <kbd aria-hidden="true">/</kbd> : null}
    </div>
  );
}
