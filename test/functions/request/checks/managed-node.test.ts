import { beforeAll, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

const node = 'mi-0a1b2c3d4e5f60718';
const shown = 'InstanceInformationList[0]';

describe('the managed node', () => {
  let account: PreflightAccount;
  beforeAll(async () => {
    account = await preflightAccount(example('no-database'));
  });

  it('is online, on Windows, with an agent that is new enough', async () => {
    account.altering('DescribeInstanceInformation', { [`${shown}.AgentVersion`]: '3.3.2746.0' });

    expect(await account.findings()).toEqual([]);
  });

  it.each([
    [{ PingStatus: 'ConnectionLost' }, 'node-offline', `${node} is ConnectionLost, not Online.`],
    [{ PingStatus: 'Inactive' }, 'node-offline', `${node} is Inactive`],
    [{ AgentVersion: '3.3.2745.9' }, 'node-agent-old', 'is 3.3.2745.9; the commands need at least 3.3.2746.'],
    [{ AgentVersion: '3.3.999.0' }, 'node-agent-old', 'is 3.3.999.0;'],
    [{ AgentVersion: undefined }, 'node-agent-old', 'is 0;'],
    [{ PlatformType: 'Linux' }, 'node-platform', `${node} runs Linux; the commands are for a Windows`],
  ])('is refused with %j', async (differences, code, words) => {
    account.altering(
      'DescribeInstanceInformation',
      Object.fromEntries(Object.entries(differences).map(([key, value]) => [`${shown}.${key}`, value])),
    );

    expect(await account.findings()).toEqual([
      { level: 'error', code, message: expect.stringContaining(words) },
    ]);
  });

  it.each(['3.3.2746', '3.3.10000.0', '3.4.1.0', '4.0.0.0', '10.0.0.0'])(
    'takes agent %s',
    async (AgentVersion) => {
      account.altering('DescribeInstanceInformation', { [`${shown}.AgentVersion`]: AgentVersion });

      expect(await account.findings()).toEqual([]);
    },
  );

  it.each([
    ['nothing', []],
    ['no list', undefined],
  ])('is unknown where Systems Manager shows %s', async (_what, InstanceInformationList) => {
    account.altering('DescribeInstanceInformation', { InstanceInformationList });

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'node-unknown',
        message: expect.stringContaining(`does not know the managed node ${node}`),
      },
    ]);
  });

  it('has all its faults named', async () => {
    account.altering('DescribeInstanceInformation', {
      [`${shown}.PingStatus`]: 'ConnectionLost',
      [`${shown}.AgentVersion`]: '2.3.1',
      [`${shown}.PlatformType`]: 'MacOS',
    });

    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'node-offline',
      'node-agent-old',
      'node-platform',
    ]);
  });
});
