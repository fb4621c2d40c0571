/** An expected outcome as a value. `code` is stable and documented in docs/errors.md; `detail` is for a person. */
export type Result<T> = { ok: true; value: T } | Refusal;

/** Why something was refused, in words a machine (`code`) and a person (`detail`) can act on. */
export type Refusal = { ok: false; code: string; detail: string };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse(code: string, detail: string): Refusal {
  return { ok: false, code, detail };
}
