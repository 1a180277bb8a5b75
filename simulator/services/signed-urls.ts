import { bytesOf, textOf, type WireRequest, type WireResponse } from '../wire/message.ts';
import type { SignedUrls } from '../world/stacks/signed-urls.ts';

const answer = (status: number, code: string, message: string): WireResponse => ({
  status,
  headers: code === '' ? {} : { 'content-type': 'application/xml' },
  body: bytesOf(code === '' ? '' : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`),
});

const notAsSigned = answer(
  403,
  'SignatureDoesNotMatch',
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
);
const results = {
  taken: answer(200, '', ''),
  refused: notAsSigned,
  busy: answer(503, 'SlowDown', 'Please reduce your request rate.'),
};

/** S3 as it takes what is put at CloudFormation's signed URLs: PUT is signed, and no Content-Type. */
export const signedUrls =
  (urls: SignedUrls) =>
  async ({ method, path, query, headers, body }: WireRequest): Promise<WireResponse> => {
    if (method !== 'PUT' || (headers['content-type'] ?? '') !== '') return notAsSigned;
    if (headers['transfer-encoding'] !== undefined)
      return answer(
        501,
        'NotImplemented',
        'A header you provided implies functionality that is not implemented',
      );
    return results[urls.put(path, query.get('Signature'), textOf(body))];
  };
