import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../functions/report/execution.ts';
import { ended, failed } from '../../../functions/report/explanation.ts';
import { type Change, trustNotice } from '../../../functions/report/trust-notice.ts';

const product = 'pp-mycpuogt2i45s';
const execution: Execution = {
  arn: `arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:${product}-1`,
  name: `${product}-1`,
  status: 'FAILED',
  requestId: product,
  redrives: 0,
  redrivenAt: null,
  stoppedAt: '2026-01-01T00:00:00.000Z',
  error: 'TrustFailed',
  reason: 'It is gone.',
  output: '',
  isRedrivable: false,
};
const trust: Change = {
  requestId: product,
  trustId: 't-1234567890',
  directory: 'd-1234567890',
  domainName: 'corp.example.com',
  was: 'Verified',
  is: 'Deleted',
  since: undefined,
  reason: undefined,
  stands: false,
};

const updating = `update the product ${product} in Service Catalog with another number as its Repetition, which`;

describe('whoever is told what to do about a product', () => {
  it.each([
    [
      'a failure that a redrive cannot mend',
      failed({ ...execution, reason: 'A new execution helps.' }, undefined, []),
    ],
    ['an execution that is too old', failed(execution, undefined, [])],
    ['one that was stopped', ended({ ...execution, status: 'ABORTED' }, [], [])],
    ['a trust that is gone', trustNotice(trust).text],
    ['a trust that failed', trustNotice({ ...trust, is: 'Failed' }).text],
    [
      'a trust whose halves have different passwords',
      trustNotice({ ...trust, is: 'VerifyFailed', reason: 'Access is denied.' }).text,
    ],
    [
      'a trust with a name of a single label',
      trustNotice({ ...trust, is: 'VerifyFailed', reason: 'It is no required and valid domain name.' }).text,
    ],
  ])('is sent to Service Catalog after %s, for no execution by hand is let through', (_what, text) => {
    expect(text).toContain(updating);
    expect(text).not.toContain('start a new execution');
  });
});
