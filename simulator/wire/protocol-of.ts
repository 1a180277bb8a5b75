import { awsJson } from './json.ts';
import type { WireRequest } from './message.ts';
import type { Protocol } from './protocol.ts';
import { restJson } from './rest.ts';
import { awsQuery, ec2Query, refuseAsS3 } from './xml.ts';

const json10 = awsJson('1.0');
const json11 = awsJson('1.1');
/** No client of S3 reads JSON. */
const s3: Protocol = { ...restJson, refuse: refuseAsS3 };

/** The protocol that a request is written in; ec2Query looks like awsQuery and is EC2's alone. */
export const protocolOf = ({ headers }: WireRequest, signingName: string): Protocol => {
  const type = headers['content-type'] ?? '';
  if (headers['x-amz-target'] !== undefined) return type.includes('json-1.0') ? json10 : json11;
  if (type.startsWith('application/x-www-form-urlencoded'))
    return signingName === 'ec2' ? ec2Query : awsQuery;
  return signingName === 's3' ? s3 : restJson;
};
