import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { key, needs, through } from './needs.ts';

describe('What Secrets Manager needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  const name = 'forestbridge/orders/trust';
  const bare = `secretsmanager:secret:${name}`;

  it('for a new secret: its name with and without the end that AWS adds, and its tags', () => {
    const input = { Name: name, Tags: [{ Key: 'team', Value: 'x' }] };
    const sent = 'aws:RequestTag/team=x aws:TagKeys=team';
    expect(needs(world, 'secretsmanager', 'CreateSecret', input, key)).toEqual([
      `secretsmanager:CreateSecret on ${bare} and ${bare}-AbCdEf ${sent} secretsmanager:Name=${name}`,
      `secretsmanager:TagResource on ${bare} and ${bare}-AbCdEf ${sent}`,
    ]);
  });

  it("for a new secret under a customer's key: the use of that key", () => {
    const needed = needs(
      world,
      'secretsmanager',
      'CreateSecret',
      { Name: name, KmsKeyId: 'alias/forestbridge' },
      key,
    );
    expect(needed.slice(1)).toEqual(through('secretsmanager', 'kms:key/k', ['GenerateDataKey', 'Decrypt']));
  });

  it('is not known for an alias of a key that nobody named', () => {
    const input = { Name: name, KmsKeyId: 'alias/forestbridge' };
    expect(() => needs(world, 'secretsmanager', 'CreateSecret', input)).toThrow('does not know which key');
  });

  it.each([
    ['DeleteSecret', []],
    ['DescribeSecret', []],
    ['GetSecretValue', ['Decrypt']],
    ['PutSecretValue', ['GenerateDataKey', 'Decrypt']],
    ['RestoreSecret', []],
  ])('for %s: the secret, with its tags, and of its key %j', (operation, actions) => {
    const { arn } = world.secrets.create({ name, kmsKeyId: key, tags: new Map([['team', 'x']]) }, '{}');
    const expected = [
      `secretsmanager:${operation} on ${arn.replace(':eu-central-1:111122223333:', ':').slice(8)} aws:ResourceTag/team=x secretsmanager:ResourceTag/team=x secretsmanager:SecretId=${arn}`,
      ...through('secretsmanager', 'kms:key/k', actions, [`kms:EncryptionContext:SecretARN=${arn}`]),
    ];
    for (const SecretId of [name, arn])
      expect(needs(world, 'secretsmanager', operation, { SecretId })).toEqual(expected);
  });

  it.each([null, 'alias/aws/secretsmanager'])("for a secret under AWS's own key (%s): no key", (kmsKeyId) => {
    world.secrets.create({ name, kmsKeyId }, '{}');
    expect(needs(world, 'secretsmanager', 'GetSecretValue', { SecretId: name }, key)).toHaveLength(1);
  });

  it('for a secret that is not there: the ARN as it was given, or both forms of its name', () => {
    const SecretId = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:x-AbCdEf';
    expect(needs(world, 'secretsmanager', 'DescribeSecret', { SecretId })).toEqual([
      `secretsmanager:DescribeSecret on secretsmanager:secret:x-AbCdEf secretsmanager:SecretId=${SecretId}`,
    ]);
    expect(needs(world, 'secretsmanager', 'DescribeSecret', { SecretId: name })).toEqual([
      `secretsmanager:DescribeSecret on ${bare} and ${bare}-AbCdEf`,
    ]);
  });

  it('for a password by chance: everything', () => {
    expect(needs(world, 'secretsmanager', 'GetRandomPassword', {})).toEqual([
      'secretsmanager:GetRandomPassword on *',
    ]);
  });
});
