/** An error that SQL Server answers with: its number and its words. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly number: number;
  readonly severity: number;

  constructor(number: number, severity: number, message: string) {
    super(message);
    this.number = number;
    this.severity = severity;
  }
}

export const loginFailed = (user: string): SqlError =>
  new SqlError(18456, 14, `Login failed for user '${user}'.`);

export const syntaxError = (near: string): SqlError =>
  new SqlError(102, 15, `Incorrect syntax near '${near}'.`);

export const principalExists = (name: string): SqlError =>
  new SqlError(15025, 16, `The server principal '${name}' already exists.`);

export const unknownWindowsName = (name: string): SqlError =>
  new SqlError(15401, 16, `Windows NT user or group '${name}' not found. Check the name again.`);

export const notAWindowsName = (name: string): SqlError =>
  new SqlError(
    15407,
    16,
    `'${name}' is not a valid Windows NT name. Give the complete name: <domain\\username>.`,
  );

export const cannot = (action: string, kind: string, name: string): SqlError =>
  new SqlError(
    15151,
    16,
    `Cannot ${action} the ${kind} '${name}', because it does not exist or you do not have permission.`,
  );
