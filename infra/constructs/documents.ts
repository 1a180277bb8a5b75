import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { documents } from '../../run-command/documents.ts';
import { names } from '../names.ts';

/** Publishes the Run Command documents; gives send-command's setting, which pins each by version and hash. */
export const publishDocuments = (scope: Construct): string => {
  const pinned = documents().map(({ name, content, hash }) => {
    const document = new CfnDocument(scope, `Document-${name}`, {
      name: names.document(name),
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::SSM::ManagedInstance',
      content: JSON.parse(content),
      updateMethod: 'NewVersion',
      // Named after its content, so that a command that was sent before an upgrade still names what it ran.
      versionName: hash.slice(0, 32),
    });
    return [name, { name: document.ref, version: '$DEFAULT', hash }] as const;
  });
  return JSON.stringify(Object.fromEntries(pinned));
};
