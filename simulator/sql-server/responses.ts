import type { Table } from './master-database.ts';
import type { SqlError } from './sql-error.ts';
import { WritableTrackingBuffer } from './tedious-internals.ts';

type Tokens = InstanceType<typeof WritableTrackingBuffer>;

const token = {
  columns: 0x81,
  error: 0xaa,
  loginAck: 0xad,
  row: 0xd1,
  environment: 0xe3,
  done: 0xfd,
} as const;
const tds74 = Buffer.from([0x74, 0, 0, 4]);
const sqlServer2022 = Buffer.from([16, 0, 0x10, 0x4f]);
const nvarchar = {
  type: 0xe7,
  longest: 8000,
  collation: Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]),
} as const;
const nullable = 0x09;
const nullLength = 0xffff;

const written = (write: (tokens: Tokens) => void): Buffer => {
  const tokens = new WritableTrackingBuffer();
  write(tokens);
  return tokens.slice();
};

const counted = (id: number, write: (body: Tokens) => void): Buffer =>
  written((tokens) => {
    tokens.writeUInt8(id);
    tokens.writeUsVarbyte(written(write));
  });

const done = (status: 'succeeded' | 'failed', rows = 0): Buffer =>
  written((tokens) => {
    tokens.writeUInt8(token.done);
    tokens.writeUInt16LE(status === 'failed' ? 0x02 : 0x10);
    tokens.writeUInt16LE(0);
    tokens.writeUInt64LE(rows);
  });

/** The answer to a login that was let in. */
export const loggedIn = (): Buffer => {
  const database = counted(token.environment, (body) => {
    body.writeUInt8(1);
    body.writeBVarchar('master', 'ucs2');
    body.writeBVarchar('', 'ucs2');
  });
  const acknowledgement = counted(token.loginAck, (body) => {
    body.writeUInt8(1);
    body.writeBuffer(tds74);
    body.writeBVarchar('Microsoft SQL Server', 'ucs2');
    body.writeBuffer(sqlServer2022);
  });
  return Buffer.concat([database, acknowledgement, done('succeeded')]);
};

/** The answer to a login or a statement that failed. */
export const failed = ({ number, severity, message }: SqlError): Buffer => {
  const error = counted(token.error, (body) => {
    body.writeUInt32LE(number);
    body.writeUInt8(1);
    body.writeUInt8(severity);
    body.writeUsVarchar(message, 'ucs2');
    body.writeBVarchar('', 'ucs2');
    body.writeBVarchar('', 'ucs2');
    body.writeUInt32LE(1);
  });
  return Buffer.concat([error, done('failed')]);
};

/** The answer to a statement that was carried out: a query's table, or no rows. */
export const succeeded = (table: Table | undefined): Buffer =>
  table === undefined
    ? done('succeeded')
    : Buffer.concat([written((tokens) => writeTable(tokens, table)), done('succeeded', table.rows.length)]);

const writeTable = (tokens: Tokens, { columns, rows }: Table): void => {
  tokens.writeUInt8(token.columns);
  tokens.writeUInt16LE(columns.length);
  for (const column of columns) {
    tokens.writeUInt32LE(0);
    tokens.writeUInt16LE(nullable);
    tokens.writeUInt8(nvarchar.type);
    tokens.writeUInt16LE(nvarchar.longest);
    tokens.writeBuffer(nvarchar.collation);
    tokens.writeBVarchar(column, 'ucs2');
  }
  for (const row of rows) {
    tokens.writeUInt8(token.row);
    for (const value of row) writeCell(tokens, value);
  }
};

const writeCell = (tokens: Tokens, value: string | null): void => {
  if (value === null) tokens.writeUInt16LE(nullLength);
  else tokens.writeUsVarbyte(Buffer.from(value, 'utf16le'));
};
