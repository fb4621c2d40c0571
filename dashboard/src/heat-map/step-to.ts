type Place = { line: number; column: number };

const PAGE = 12;

/** Where a key leads from a cell of a grid; null for a key that leads nowhere. Home and End stay in the line, with Ctrl they leave it. */
export function stepTo(
  from: Place,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  size: { lines: number; columns: number },
): Place | null {
  const at = (line: number, column: number): Place => ({
    line: Math.max(0, Math.min(size.lines - 1, line)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  });
  switch (key) {
    case "ArrowDown":
      return at(from.line + 1, from.column);
    case "ArrowUp":
      return at(from.line - 1, from.column);
    case "ArrowRight":
      return at(from.line, from.column + 1);
    case "ArrowLeft":
      return at(from.line, from.column - 1);
    case "PageDown":
      return at(from.line + PAGE, from.column);
    case "PageUp":
      return at(from.line - PAGE, from.column);
    case "Home":
      return at(ctrlKey ? 0 : from.line, 0);
    case "End":
      return at(ctrlKey ? size.lines : from.line, size.columns);
    default:
      return null;
  }
}
