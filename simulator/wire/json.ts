import { isRecord, jsonNotation, parsed, writeJson } from './json-body.ts';
import { bytesOf, textOf, type WireResponse } from './message.ts';
import type { Problem, Protocol } from './protocol.ts';
import { readBy } from './read.ts';

/** An error document; its message goes by the name that the model gives it. */
export const problemBody = ({ name, message, fields, schema }: Problem): Uint8Array => {
  const members = schema === undefined ? [] : [...schema.structIterator()].map(([member]) => member);
  const messageMember = members.find((member) => member.toLowerCase() === 'message') ?? 'message';
  const written: unknown = schema === undefined ? fields : JSON.parse(textOf(writeJson(schema, fields)));
  return bytesOf(
    JSON.stringify({ __type: name, [messageMember]: message, ...(isRecord(written) ? written : {}) }),
  );
};

/** awsJson1_0 and awsJson1_1, which differ in their content type only. */
export const awsJson = (version: '1.0' | '1.1'): Protocol => {
  const answered = (status: number, requestId: string, body: Uint8Array): WireResponse => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId },
    body,
  });
  return {
    nameOf: (request) => request.headers['x-amz-target']?.split('.').at(-1) ?? '',
    read: ({ input }, request) => readBy(jsonNotation, input, parsed(textOf(request.body))),
    reply({ output: schema }, output, requestId) {
      return answered(
        200,
        requestId,
        schema.isUnitSchema() ? bytesOf('{}') : writeJson(schema, output ?? {}),
      );
    },
    refuse: (problem, requestId) => answered(problem.status, requestId, problemBody(problem)),
  };
};
