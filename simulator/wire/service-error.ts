/** An error that a simulated service answers with: AWS's code as outside clients see it, and AWS's words. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  /** Modelled members of the error beside its message. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly status: number;

  constructor(code: string, message: string, fields: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.status = status;
  }
}
