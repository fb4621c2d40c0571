import type { IntakeLimits } from "./intake.ts";

/**
 * How much is in the pipeline's hands, and whether one more may enter. Counts only; whoever asks `hasRoom` and is told
 * no must stop reading and come back when `onRoom` calls.
 */
export type IntakeWindow = {
  hasRoom(bytes: number): boolean;
  enter(bytes: number): void;
  leave(bytes: number): void;
  pause(): void;
  resume(): void;
  /** Resolves when nothing is in flight, or after `deadlineMs`; tells which. */
  waitUntilEmpty(deadlineMs: number): Promise<boolean>;
  readonly inFlight: number;
  readonly inFlightBytes: number;
  readonly isPaused: boolean;
};

export function createIntakeWindow(limits: IntakeLimits, onRoom: () => void): IntakeWindow {
  let inFlight = 0;
  let inFlightBytes = 0;
  let isPaused = false;
  let onEmpty: (() => void) | null = null;

  return {
    hasRoom(bytes) {
      if (isPaused || inFlight >= limits.maxInFlight) return false;
      // A single message above the limit must still get through, or it would stand in the way for ever.
      return inFlight === 0 || inFlightBytes + bytes <= limits.maxInFlightBytes;
    },
    enter(bytes) {
      inFlight += 1;
      inFlightBytes += bytes;
    },
    leave(bytes) {
      inFlight -= 1;
      inFlightBytes -= bytes;
      if (inFlight === 0) onEmpty?.();
      if (!isPaused) onRoom();
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      onRoom();
    },
    waitUntilEmpty(deadlineMs) {
      if (inFlight === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(false), deadlineMs);
        const settle = (isEmpty: boolean): void => {
          clearTimeout(timer);
          onEmpty = null;
          resolve(isEmpty);
        };
        onEmpty = () => settle(true);
      });
    },
    get inFlight() {
      return inFlight;
    },
    get inFlightBytes() {
      return inFlightBytes;
    },
    get isPaused() {
      return isPaused;
    },
  };
}
