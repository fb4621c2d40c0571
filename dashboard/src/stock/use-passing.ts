import { type RefObject, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** A step of more than this share of what is seen leaves nothing to read on its way. */
const FAST_SHARE = 0.5;
/** Two such steps in a row are a drag or a fling; one is a click on the track, or a key. */
const FAST_STEPS = 2;
const STILL_FRAMES = 2;

/**
 * True while rows fly by faster than they can be read, until it slows down or stands still for two frames. Must be called before
 * the hook that draws rows when it scrolls, so that it is known first.
 */
export function usePassing(scroller: RefObject<HTMLElement | null>): boolean {
  const [isPassing, setPassing] = useState(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let topPx = element.scrollTop;
    let fastSteps = 0;
    let stillFrames = 0;
    let frame = 0;
    const settle = () => {
      stillFrames += 1;
      if (stillFrames <= STILL_FRAMES) {
        frame = requestAnimationFrame(settle);
        return;
      }
      frame = 0;
      fastSteps = 0;
      setPassing(false);
    };
    const onScroll = () => {
      const stepPx = Math.abs(element.scrollTop - topPx);
      topPx = element.scrollTop;
      fastSteps = stepPx > element.clientHeight * FAST_SHARE ? fastSteps + 1 : 0;
      stillFrames = 0;
      if (frame === 0) frame = requestAnimationFrame(settle);
      // At once: React may else draw all of the rows of this step first.
      if (fastSteps === FAST_STEPS) flushSync(() => setPassing(true));
      if (fastSteps === 0) setPassing(false);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller]);
  return isPassing;
}
