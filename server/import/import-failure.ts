/** The whole import cannot go on; `detail` says what to do. Becomes `failure` of the report. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
