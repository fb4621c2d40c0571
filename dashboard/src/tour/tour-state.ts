const KEY = "onhand.tour";

/** Was the tour taken or refused in this browser? Then it is not offered again. */
export function isTourOver(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    // Where nothing is kept it would be offered again and again.
    return true;
  }
}

export function endTour(): void {
  try {
    localStorage.setItem(KEY, "over");
  } catch {
    // Nothing to remember it by.
  }
}
