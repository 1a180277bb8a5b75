import { documents } from '../../run-command/documents.ts';
import { arn, names } from '../names.ts';
import { type Grants, noResourceType, type Setting } from './grant.ts';
import { ledger } from './support.ts';

/** The nodes that commands may run on. */
const nodes = ({ configuration }: Setting): readonly string[] => [
  ...new Set(
    configuration.connections.flatMap(({ domainControllers }) =>
      domainControllers.map(({ managedNodeId: id }) =>
        id.startsWith('mi-')
          ? arn(configuration, 'ssm', `managed-instance/${id}`)
          : arn(configuration, 'ec2', `instance/${id}`),
      ),
    ),
  ),
];

/** Runs our documents on the configured domain controllers, and nothing else anywhere. */
export const domainController: Grants = {
  'send-command': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'DeleteItem'),
    {
      actions: ['ssm:SendCommand'],
      resources: [
        ...documents().map(({ name }) =>
          arn(setting.configuration, 'ssm', `document/${names.document(name, '????????????')}`),
        ),
        ...nodes(setting),
      ],
      because: 'An execution from before an upgrade runs the document that it knows.',
    },
    { actions: ['ssm:ListCommands'], resources: ['*'], because: noResourceType },
  ],
  'await-command': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    {
      actions: ['ssm:GetCommandInvocation', 'ssm:ListCommands'],
      resources: ['*'],
      because: noResourceType,
    },
  ],
};
