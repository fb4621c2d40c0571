/** How long a test waits for what should be so soon: a busy machine is late, not wrong. No test is about time by this. */
export const DEADLINE_MS = 60_000;
