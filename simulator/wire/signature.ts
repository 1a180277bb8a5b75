import type { WireRequest } from './message.ts';
import type { Call } from './operations.ts';

const credential = /\bCredential=([^/]+)\/[^/]+\/[^/]*\/([^/]+)\/aws4_request/;

/** Who signed a request, and for which service, both empty where nobody did; the signature itself is not checked. */
export const signatureOf = ({ headers }: WireRequest): Pick<Call, 'accessKeyId' | 'service'> => {
  const [, accessKeyId = '', service = ''] = credential.exec(headers.authorization ?? '') ?? [];
  return { accessKeyId, service };
};
