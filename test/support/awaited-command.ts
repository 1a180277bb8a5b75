import { awaitCommand } from '../../functions/domain-controller/await-command.ts';
import { sendCommand } from '../../functions/domain-controller/send-command.ts';
import { creation as creating, secretArn } from './sent-command.ts';
import { directoryName, managedNodeId, trustAccount } from './trust-account.ts';

export const addresses = ['10.0.0.4', '10.0.1.4'];
export const network = { DirectoryName: directoryName, DirectoryDnsIpAddresses: addresses.join(',') };
export const inbound = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };

/** A half that a command makes: how the ledger calls it, and the document's parameters. */
export const makes = { kind: 'half-on-premises', key: directoryName } as const;
export const item = `half-on-premises#${directoryName}`;
export const creation = creating.parameters;

/** What a document makes, without an entry of it. */
const madeBy = new Map([
  ['forward-dns', { kind: 'forwarder-on-premises', key: directoryName, exists: true }],
  ['create-trust', { kind: 'half-on-premises', key: directoryName, exists: true }],
]);

/** An account whose company forwards to the directory, with the trust's secret, and what runs a document there. */
export const prepare = async () => {
  const account = await trustAccount();
  const { forest, directory, secrets } = account;
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  secrets.place(secretArn, '{"password":"A-long-secret-1"}');
  const send = async (
    document: string,
    parameters: object,
    expected: object | null = null,
    change: object = {},
  ) => {
    const sent = await account.run(sendCommand, {
      step: document,
      managedNodeId,
      document,
      parameters,
      makes: madeBy.get(document) ?? null,
      startedAt: '2025-01-01T00:00:00.000Z',
      failure: null,
      redrive: 0,
      ...change,
    });
    return { ...Object(sent), managedNodeId, document, expected };
  };
  const result = async (...given: Parameters<typeof send>): Promise<unknown> =>
    account.settle(awaitCommand, await send(...given), 5);
  return { account, forest, send, result };
};

/** What await-command makes of an invocation that looks like this. */
export const judged = async (
  invocation: object,
  document = 'create-trust',
  expected: object | null = null,
) => {
  const { run, answering } = await trustAccount();
  answering('GetCommandInvocation', invocation);
  return run(awaitCommand, { commandId: 'the-command', managedNodeId, document, expected });
};

export const printed = (result: object | string, Status = 'Success') => ({
  Status,
  StatusDetails: Status,
  ResponseCode: Status === 'Success' ? 0 : 1,
  StandardOutputContent: typeof result === 'string' ? result : `${JSON.stringify(result)}\n`,
  StandardErrorContent: '',
});

export const ended = (StatusDetails: string, Comment: string) => ({
  Status: 'Failed',
  StatusDetails,
  Comment,
  ResponseCode: -1,
  StandardOutputContent: '',
  StandardErrorContent: '',
});
