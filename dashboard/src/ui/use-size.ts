import { useCallback, useState } from "react";

type Size = { widthPx: number; heightPx: number };

/** The size of an element, followed; the first answer is what it is given as `ref`. */
export function useSize(): [(element: HTMLElement | null) => (() => void) | undefined, Size] {
  const [size, setSize] = useState<Size>({ widthPx: 640, heightPx: 480 });
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measure, size];
}
