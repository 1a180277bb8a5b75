import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { bytesOf, textOf, type WireRequest, type WireResponse } from './message.ts';
import type { Problem, Protocol } from './protocol.ts';
import { formNotation, treeOf } from './query.ts';
import { readBy } from './read.ts';

const dateTime = 5;

const serializer = new XmlShapeSerializer({
  timestampFormat: { default: dateTime, useTrait: true },
  httpBindings: false,
  xmlNamespace: '',
  serviceNamespace: '',
});

/** A structure's members, without the element around them. */
const inside = (schema: NormalizedSchema, value: unknown): string => {
  serializer.write(schema, value);
  const element = String(serializer.flush());
  return element.slice(element.indexOf('>') + 1, element.lastIndexOf('<'));
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const answered = (status: number, requestId: string, document: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: bytesOf(`<?xml version="1.0" encoding="UTF-8"?>\n${document}`),
});

const problemInside = ({ code, message }: Problem): string =>
  `<Code>${escaped(code)}</Code><Message>${escaped(message)}</Message>`;

const formOf = ({ body }: WireRequest): URLSearchParams => new URLSearchParams(textOf(body));

const form = (ec2: boolean): Pick<Protocol, 'nameOf' | 'read'> => {
  const notation = formNotation(ec2);
  return {
    nameOf: (request) => formOf(request).get('Action') ?? '',
    read: (operation, request) => readBy(notation, operation.input, treeOf(formOf(request))),
  };
};

export const awsQuery: Protocol = {
  ...form(false),
  reply({ name, output: schema }, output, requestId) {
    const result = schema.isUnitSchema()
      ? ''
      : `<${name}Result>${inside(schema, output ?? {})}</${name}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return answered(200, requestId, `<${name}Response>${result}${metadata}</${name}Response>`);
  },
  refuse(problem, requestId) {
    const type = problem.status < 500 ? 'Sender' : 'Receiver';
    const error = `<Error><Type>${type}</Type>${problemInside(problem)}</Error>`;
    const document = `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
    return answered(problem.status, requestId, document);
  },
};

export const ec2Query: Protocol = {
  ...form(true),
  reply({ name, output: schema }, output, requestId) {
    const members = schema.isUnitSchema() ? '<return>true</return>' : inside(schema, output ?? {});
    const document = `<${name}Response><requestId>${requestId}</requestId>${members}</${name}Response>`;
    return answered(200, requestId, document);
  },
  refuse(problem, requestId) {
    const errors = `<Errors><Error>${problemInside(problem)}</Error></Errors>`;
    const document = `<Response>${errors}<RequestID>${requestId}</RequestID></Response>`;
    return answered(problem.status, requestId, document);
  },
};

/** How S3 refuses; it answers nothing else here. */
export const refuseAsS3: Protocol['refuse'] = (problem, requestId) =>
  answered(
    problem.status,
    requestId,
    `<Error>${problemInside(problem)}<RequestId>${requestId}</RequestId></Error>`,
  );
