import { z } from 'zod';
import { refusalSchema, resultSchemas } from '../../functions/domain-controller/results.ts';
import type { DocumentName } from '../../run-command/parameters.ts';
import type { Half } from '../../simulator/world/forest.ts';
import { directoryName, managedNodeId } from './company.ts';
import { companyAccount } from './company-account.ts';

export const password = 'Of-both-halves-1';
const spoken = z.looseObject({ status: z.string() });

/** An account whose domain controller runs our documents' scripts, as the world computes them. */
export const scriptAccount = () => {
  const account = companyAccount();
  const { world, directory, forest, seconds } = account;
  const secret = world.secrets.create(
    { name: 'forestbridge/orders/trust' },
    JSON.stringify({ username: 'trust', password }),
  );
  const addresses = directory.dnsIpAddresses.join(',');
  const run = async (name: DocumentName, parameters: object, nodeId = managedNodeId) => {
    const command = world.commands.send(
      {
        documentName: `forestbridge-${name}`,
        managedNodeId: nodeId,
        comment: '',
        parameters: new Map(Object.entries({ DirectoryName: directoryName, ...parameters })),
      },
      600,
    );
    await seconds(30);
    const said = spoken.parse(JSON.parse(command.result?.output ?? ''));
    // What the model prints is what await-command reads.
    (said.status === 'done' ? resultSchemas[name] : refusalSchema).parse(said);
    return { exitCode: command.result?.exitCode, ...said };
  };
  const wanted = {
    TrustType: 'Forest',
    Direction: 'Inbound',
    SelectiveAuthentication: 'false',
    SecretArn: secret.arn,
    Action: 'create',
  };
  return {
    ...account,
    secret,
    addresses,
    check: (parameters: object = { DirectoryDnsIpAddresses: addresses }) =>
      run('check-domain-controller', parameters),
    forward: (parameters: object = {}) =>
      run('forward-dns', { DirectoryDnsIpAddresses: addresses, MayChange: 'false', ...parameters }),
    create: (difference: object = {}) => run('create-trust', { ...wanted, ...difference }),
    confirm: (Direction = 'Inbound', TrustType = 'Forest') => run('confirm-trust', { Direction, TrustType }),
    /** The company's half as somebody has made it. */
    make: (difference: Partial<Half> = {}): void => {
      const half = {
        direction: 'Inbound',
        type: 'Forest',
        selectiveAuthentication: false,
        password,
      } as const;
      forest.halves.set(directoryName, { ...half, ...difference });
    },
  };
};
