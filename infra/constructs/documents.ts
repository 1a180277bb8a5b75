import { CfnDeletionPolicy } from 'aws-cdk-lib';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { documents } from '../../run-command/documents.ts';
import { names } from '../names.ts';

/**
 * Publishes the Run Command documents; gives send-command's setting, which pins each by version and hash. Each content
 * is a document of its own that stays, so that an execution from before an upgrade still runs what it knows.
 */
export const publishDocuments = (scope: Construct): string => {
  const pinned = documents().map(({ name, content, hash }) => {
    const document = new CfnDocument(scope, `Document-${name}-${hash.slice(0, 12)}`, {
      name: names.document(name, hash),
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::SSM::ManagedInstance',
      content: {},
    });
    // As the text that was hashed: an object would be written by CloudFormation, in its own way.
    document.addPropertyOverride('Content', content);
    document.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    document.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    return [name, { name: document.ref, version: '1', hash }] as const;
  });
  return JSON.stringify(Object.fromEntries(pinned));
};
