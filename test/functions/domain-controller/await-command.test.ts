import { describe, expect, it } from 'vitest';
import { awaitCommand } from '../../../functions/domain-controller/await-command.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { addresses, inbound, judged, network, prepare, printed } from '../../support/awaited-command.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { half, secretArn } from '../../support/sent-command.ts';
import { directoryName, onPremises, outgoing } from '../../support/trust-account.ts';

describe('await-command', () => {
  it('returns the result of each document', async () => {
    const { result, forest } = await prepare();
    forest.forwarders.clear();

    await expect(result('forward-dns', network)).resolves.toEqual({
      forwarder: addresses,
      changed: true,
    });
    await expect(
      result('create-trust', {
        ...half,
        SelectiveAuthentication: 'false',
        SecretArn: secretArn,
        Action: 'create',
      }),
    ).resolves.toEqual({ half: inbound, changed: true });
    await expect(result('confirm-trust', half)).resolves.toEqual({ half: inbound, verified: null });
    await expect(result('check-domain-controller', network)).resolves.toEqual({
      domainName: 'corp.example.com',
      shortName: 'CORP',
      forestRootDomain: 'corp.example.com',
      isDomainController: true,
      forestMode: 'Windows2016Forest',
      site: 'Default-First-Site-Name',
      secretsTool: true,
      nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
      usersWithoutPreauthentication: 0,
      half: inbound,
      forwarder: addresses,
      names: { '10.0.0.4': true, '10.0.1.4': true },
      ports: Object.fromEntries(
        addresses.map((address) => [
          address,
          Object.fromEntries([53, 88, 135, 389, 445, 464, 636, 3268, 3269].map((port) => [port, true])),
        ]),
      ),
      clockSkewSeconds: 0,
      findings: [],
    });
  });

  it('judges a domain controller by what is expected of it', async () => {
    const { result, account } = await prepare();
    account.controller.clockSkewSeconds = 400;
    account.forest.closedPorts.add(445);
    const directory = { name: directoryName, shortName: 'AWS', dnsIpAddresses: addresses };

    await expect(
      result('check-domain-controller', network, { ...onPremises, trust: outgoing, directory }),
    ).rejects.toMatchObject({
      name: 'PreflightFailed',
      message: [
        'The domain controller mi-0a1b2c3d4e5f60718 is not ready for the trust. Mend this, then redrive the execution:',
        ...addresses.map(
          (address) =>
            `- The domain controller does not reach the directory at ${address} on TCP 445 (SMB, over which the trust is made): the company's firewall, the routes, the network ACLs and the directory's security group must let them through.`,
        ),
        "- The clock differs from the directory's by 400 seconds, and Kerberos allows 300. Synchronise the company's domain controllers with a reliable time source.",
      ].join('\n'),
    });
  });

  it('returns warnings among the findings, and tells them after the errors where there are any', async () => {
    const facts = {
      status: 'done',
      domainName: 'corp.example.com',
      shortName: 'CORP',
      forestRootDomain: 'corp.example.com',
      isDomainController: true,
      forestMode: 'Windows2016Forest',
      site: 'Frankfurt',
      secretsTool: true,
      nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
      usersWithoutPreauthentication: 0,
      half: null,
      forwarder: null,
      names: {},
      ports: {},
      clockSkewSeconds: null,
    };
    const expected = { ...onPremises, trust: outgoing, directory: null };
    const document = 'check-domain-controller';

    await expect(judged(printed(facts), document, expected)).resolves.toMatchObject({
      site: 'Frankfurt',
      findings: [{ level: 'warning', code: 'other-site-name' }],
    });
    await expect(judged(printed({ ...facts, secretsTool: false }), document, expected)).rejects.toMatchObject(
      {
        name: 'PreflightFailed',
        message: expect.stringMatching(
          /redrive the execution:\n- Neither Get-SEC.*\n- Beside that: The domain controller's site/,
        ),
      },
    );
  });

  it('fails with what AWS refuses', async () => {
    await expect(judged(new ServiceError('InvalidCommandId', 'No.'))).rejects.toMatchObject({
      name: 'CommandFailed',
      message: 'InvalidCommandId: No.',
    });
  });

  it.each(Object.entries(mishaps))('returns the same at %s', async (_name, mishap) => {
    const { send, account } = await prepare();
    account.forest.halves.set(directoryName, { ...outgoing, direction: 'Inbound', password: 'secret' });
    const input = await send('confirm-trust', half);
    await account.seconds(60);
    account.disturb(at(0, mishap));

    await expect(account.settle(awaitCommand, input)).resolves.toEqual({ half: inbound, verified: null });
  });
});
