import { documents } from '../../run-command/documents.ts';
import { directoryName, managedNodeId } from './company.ts';

export const parameters = { DirectoryName: directoryName, DirectoryDnsIpAddresses: '10.0.0.4' };
export const makes = { kind: 'forwarder-on-premises', key: directoryName, exists: false };
/** The forwarder in the ledger. */
export const item = `forwarder-on-premises#${directoryName}`;

/** What send-command is given, to have a forwarder made. */
export const input = {
  step: 'forward-dns',
  managedNodeId,
  document: 'forward-dns',
  parameters,
  makes,
  startedAt: '2025-01-01T00:00:00.000Z',
  failure: null,
  redrive: 0,
};

export const secretArn =
  'arn:aws:secretsmanager:eu-central-1:111122223333:secret:forestbridge/orders/trust-abcdef';
/** Which half a document is about. */
export const half = { DirectoryName: directoryName, TrustType: 'Forest', Direction: 'Inbound' };

/** What is other, to have a half made. */
export const creation = {
  step: 'create-trust',
  document: 'create-trust',
  parameters: { ...half, SelectiveAuthentication: 'false', SecretArn: secretArn, Action: 'create' },
  makes: { kind: 'half-on-premises', key: directoryName, exists: false },
};

/** Of the document that makes a forwarder. */
export const hash = documents().find(({ name }) => name === 'forward-dns')?.hash;
