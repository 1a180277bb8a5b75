declare module 'asl-validator' {
  /** Writes into the definition it is given. */
  export default function validate(definition: unknown): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
}
