import { beforeAll, describe, expect, it } from 'vitest';
import { type Resources, templateOf } from '../support/template.ts';

const typesOf = (resources: readonly Resources[string][]) => new Set(resources.map(({ Type }) => Type));

describe('what is retained', () => {
  let resources: Resources[string][];
  beforeAll(async () => {
    ({ resources } = await templateOf());
  });
  const deletedBy = (policy: string) => resources.filter(({ DeletionPolicy }) => DeletionPolicy === policy);
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

  it('is not in the way of a second try after a first deployment that failed', () => {
    // AWS numbers versions, so that they are never there already.
    expect(typesOf(deletedBy('Retain'))).toEqual(
      new Set(['AWS::Lambda::Version', 'AWS::StepFunctions::StateMachineVersion']),
    );
    expect(typesOf(deletedBy('RetainExceptOnCreate'))).toEqual(
      new Set([
        'AWS::DynamoDB::Table',
        'AWS::IAM::Role',
        'AWS::KMS::Key',
        'AWS::Logs::LogGroup',
        'AWS::SSM::Document',
      ]),
    );
  });

  it('stays when it is replaced, too', () => {
    for (const { Type, DeletionPolicy, UpdateReplacePolicy } of resources)
      expect(UpdateReplacePolicy === 'Retain', Type).toBe(DeletionPolicy?.startsWith('Retain') ?? false);
  });

  it('is every log, and one role', () => {
    const kept = deletedBy('RetainExceptOnCreate');
    expect(kept).toEqual(expect.arrayContaining(ofType('AWS::Logs::LogGroup')));
    expect(
      kept.filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties['RoleName']),
    ).toEqual(['forestbridge-rds-domain']);
  });
});
