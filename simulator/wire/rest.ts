import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { problemBody } from './json.ts';
import { isRecord, writeJson } from './json-body.ts';
import { labelsOf } from './path.ts';
import type { Protocol } from './protocol.ts';
import { readRest } from './rest-input.ts';

const httpDate = 6;
const header = new ToStringShapeSerializer({
  timestampFormat: { default: httpDate, useTrait: true },
  httpBindings: true,
});

type Output = Readonly<Record<string, unknown>>;

const membersOf = (schema: NormalizedSchema): readonly (readonly [string, NormalizedSchema])[] =>
  schema.isUnitSchema() ? [] : [...schema.structIterator()];

const headersOf = (schema: NormalizedSchema, output: Output): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, member] of membersOf(schema)) {
    const { httpHeader } = member.getMergedTraits();
    if (httpHeader === undefined || output[name] === undefined) continue;
    header.write(member, output[name]);
    headers[httpHeader.toLowerCase()] = header.flush();
  }
  return headers;
};

const statusOf = (schema: NormalizedSchema, output: Output): number | undefined => {
  const [name = ''] = membersOf(schema).find(([, member]) => member.getMergedTraits().httpResponseCode) ?? [];
  return typeof output[name] === 'number' ? output[name] : undefined;
};

const bodyOf = (schema: NormalizedSchema, output: Output): Uint8Array => {
  if (schema.isUnitSchema()) return new Uint8Array();
  const [name, payload] = membersOf(schema).find(([, member]) => member.getMergedTraits().httpPayload) ?? [];
  if (name === undefined || payload === undefined) return writeJson(schema, output);
  const value = output[name];
  if (value === undefined) return new Uint8Array();
  return value instanceof Uint8Array ? value : writeJson(payload, value);
};

/** restJson1: path, query and headers carry simple members, the body a blob or JSON. */
export const restJson: Protocol = {
  nameOf({ method, path }, operations) {
    const fitting = operations().find(
      ({ http }) => http !== undefined && http[0] === method && labelsOf(http[1], path) !== undefined,
    );
    return fitting?.name ?? `${method} ${path}`;
  },
  read: readRest,
  reply({ output: schema, http }, output, requestId) {
    const given = isRecord(output) ? output : {};
    return {
      status: statusOf(schema, given) ?? http?.[2] ?? 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        ...headersOf(schema, given),
      },
      body: bodyOf(schema, given),
    };
  },
  refuse: (problem, requestId) => ({
    status: problem.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': problem.name,
    },
    body: problemBody(problem),
  }),
};
