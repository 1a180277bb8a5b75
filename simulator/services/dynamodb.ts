import { createRequire } from 'node:module';
import { create, type Store } from 'dynalite/db/index.js';
import { checkTypes, checkValidations, type Validation } from 'dynalite/validations/index.js';
import { isRecord } from '../wire/json-body.ts';
import { jsonService, type Service } from '../wire/service.ts';
import { ServiceError } from '../wire/service-error.ts';

type Done = (error: unknown, answer?: unknown) => void;
type Action = (store: Store, data: object, done: Done) => void;

/** What dynalite's HTTP server finds its operations by; the one place to mend when its pinned version moves. */
const load = createRequire(import.meta.url);
const files: Readonly<Record<string, string>> = Object.fromEntries(
  'BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeTable DescribeTimeToLive GetItem ListTables PutItem Query Scan TagResource UntagResource ListTagsOfResource UpdateItem UpdateTable'
    .split(' ')
    .map((operation) => [operation, `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`]),
);

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What a function answers that calls back. */
const called = (call: (done: Done) => void): Promise<unknown> =>
  new Promise((resolve, reject) => call((error, answer) => (error ? reject(error) : resolve(answer))));

/** What dynalite refuses by carries AWS's answer; all else is a bug. */
const refusal = (error: unknown): unknown => {
  if (!isRecord(error) || !isRecord(error['body'])) return error;
  const { __type: type, message, Message, ...fields } = error['body'];
  const code = textIn(type)?.split('#').at(-1) ?? 'InternalFailure';
  return new ServiceError(
    code,
    textIn(message) ?? textIn(Message) ?? '',
    fields,
    Number(error['statusCode']),
  );
};

/** DynamoDB: an emulator in memory, dynalite without its HTTP server. */
export const dynamodb = (): Service => {
  const store = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const carryOut = async (operation: string, input: unknown): Promise<unknown> => {
    const file = files[operation];
    if (file === undefined) throw new ServiceError('UnknownOperationException', '');
    const { types, custom }: Validation = load(`dynalite/validations/${file}`);
    const act: Action = load(`dynalite/actions/${file}`);
    const data = checkTypes(structuredClone(input), types);
    checkValidations(data, types, custom, store);
    const answer = await called((done) => act(store, data, done));
    // It lets a table exist by a timer, for which whoever makes one after the other would wait.
    if (operation === 'CreateTable' && 'TableName' in data)
      await called((done) =>
        store.tableDb.put(String(data.TableName), { ...data, TableStatus: 'ACTIVE' }, done),
      );
    return answer;
  };
  return jsonService('dynamodb', async (operation, input) => {
    try {
      return await carryOut(operation, input);
    } catch (error) {
      throw refusal(error);
    }
  });
};
