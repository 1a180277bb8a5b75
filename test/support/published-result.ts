import { publishResult } from '../../functions/report/publish-result.ts';
import { resultSchema } from '../../functions/report/result.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import { changed, example } from '../functions/request/requests.ts';
import { reportAccount } from './report-account.ts';

export const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1',
};
export const finding = { level: 'warning', code: 'clock', message: 'The clocks differ by 9 seconds.' };

export const requestWith = (selectiveAuthentication: boolean) =>
  parseRequest(
    changed(
      changed(example('one-way-forest'), ['requestId'], 'orders'),
      ['trust', 'selectiveAuthentication'],
      selectiveAuthentication,
    ),
  );

export const input = {
  owner,
  request: requestWith(false),
  directory: {
    directoryId: 'd-1234567890',
    name: 'aws.example.com',
    shortName: 'AWS',
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
    securityGroupId: 'sg-0a1b2c3d4e5f60718',
    dnsIpAddresses: ['10.0.0.10'],
  },
  trust: { trustId: 't-1234567890', state: 'Verified' },
  instance: {
    identifier: 'orders',
    arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
    endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
    port: 1433,
    engine: 'sqlserver-se',
    masterUserSecretArn: null,
    membership: null,
  },
  membership: { membership: 'joined', rebootOwed: false },
  logins: ['CORP\\DBAdmins'],
  created: [],
  findings: [finding],
};

/** An account whose request is claimed by the owner's execution. */
export const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  await account.claimOf(owner.execution).take(null, new Date(account.clock.now()));
  account.calls.length = 0;
  return account;
};

export const published = async (change: object) => {
  const account = await prepare();
  return resultSchema.parse(await account.run(publishResult, { ...input, ...change }));
};
