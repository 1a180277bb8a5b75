import type { NormalizedSchema } from '@smithy/core/schema';
import { jsonNotation, parsed } from './json-body.ts';
import { textOf, type WireRequest } from './message.ts';
import { labelsOf } from './path.ts';
import type { Operation } from './protocol.ts';
import { type Notation, readBy } from './read.ts';
import { simpleFromText } from './simple-text.ts';

/** A value from the path, a header or the query: text, whatever its type. */
class Text {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An input that is gathered from all over the request. */
type Gathered = ReadonlyMap<string, unknown>;

const notation: Notation = {
  ...jsonNotation,
  isStructure: (value) => value instanceof Map || jsonNotation.isStructure(value),
  member: (value, schema, name) =>
    value instanceof Map ? value.get(name) : jsonNotation.member(value, schema, name),
  simple(schema, value) {
    if (value instanceof Uint8Array) return value;
    return value instanceof Text ? simpleFromText(schema, value.text) : jsonNotation.simple(schema, value);
  },
};

const textIn = (value: string | null | undefined): Text | undefined =>
  typeof value === 'string' ? new Text(value) : undefined;

const payloadIn = ({ body }: WireRequest, schema: NormalizedSchema): unknown => {
  if (body.length === 0) return undefined;
  return schema.isBlobSchema() ? body : parsed(textOf(body));
};

const gathered = (operation: Operation, request: WireRequest): Gathered => {
  const labels = labelsOf(operation.http?.[1] ?? '', request.path);
  const members = [...operation.input.structIterator()];
  const hasPayload = members.some(([, schema]) => schema.getMergedTraits().httpPayload);
  const structure = hasPayload ? {} : parsed(textOf(request.body));
  const given = (name: string, schema: NormalizedSchema): unknown => {
    const { httpLabel, httpHeader, httpQuery, httpPayload } = schema.getMergedTraits();
    if (httpLabel) return textIn(labels?.get(name));
    if (httpHeader) return textIn(request.headers[httpHeader.toLowerCase()]);
    if (httpQuery) return textIn(request.query.get(httpQuery));
    return httpPayload ? payloadIn(request, schema) : jsonNotation.member(structure, schema, name);
  };
  return new Map(members.map(([name, schema]) => [name, given(name, schema)]));
};

/** Reads what path, query, headers and body of a REST request carry together. */
export const readRest = (operation: Operation, request: WireRequest): unknown =>
  operation.input.isUnitSchema() ? {} : readBy(notation, operation.input, gathered(operation, request));
