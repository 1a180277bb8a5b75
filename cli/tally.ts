import type { EndpointOptions } from '../simulator/wire/endpoint.ts';
import { isFunctionKey } from './signatures.ts';

type Around = NonNullable<EndpointOptions['around']>;
type Call = Parameters<Around>[0];

const reads = /^(Describe|Get|List|Query|Scan|BatchGet)/;
/** Forestbridge's own books: they are no change to what the request is about. */
const books = new Set(['dynamodb', 'sns']);
const readingDocument = /(check-domain-controller|confirm-trust)/;

const isWrite = ({ service, operation, input }: Call): boolean => {
  if (reads.test(operation) || books.has(service)) return false;
  if (operation !== 'SendCommand') return true;
  const hasName = typeof input === 'object' && input !== null && 'DocumentName' in input;
  return !(hasName && readingDocument.test(String(input.DocumentName)));
};

/** Counts what the functions ask of AWS: all calls, and those that change something beside the ledger. */
export class Tally {
  apiCalls = 0;
  writes = 0;

  readonly around: Around = (call, answer) => {
    if (isFunctionKey(call.accessKeyId)) {
      this.apiCalls += 1;
      if (isWrite(call)) this.writes += 1;
    }
    return answer();
  };
}
