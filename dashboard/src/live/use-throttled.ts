import { useEffect, useState } from "react";

/** A value outside React, taken at most every `periodMs`, the first time at once. */
export function useThrottled<T>(
  subscribe: (listener: () => void) => () => void,
  read: () => T,
  periodMs: number,
): T {
  const [value, setValue] = useState(read);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let takenAtMs = 0;
    const take = () => {
      timer = undefined;
      takenAtMs = Date.now();
      setValue(read());
    };
    const stop = subscribe(() => {
      timer ??= setTimeout(take, Math.max(0, takenAtMs + periodMs - Date.now()));
    });
    take();
    return () => {
      clearTimeout(timer);
      stop();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- read only names what is read
  }, [subscribe, periodMs]);
  return value;
}
