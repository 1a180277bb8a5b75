import * as ds from '@aws-sdk/client-directory-service';
import * as rds from '@aws-sdk/client-rds';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaTraits, StaticListSchema, StaticMapSchema, StaticStructureSchema } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { awsJson } from '../../../simulator/wire/json.ts';
import { bytesOf } from '../../../simulator/wire/message.ts';
import { service } from '../../../simulator/wire/service.ts';
import { awsQuery } from '../../../simulator/wire/xml.ts';

const services = {
  ds: service('ds', ds, {}),
  rds: service('rds', rds, {}),
  secretsmanager: service('secretsmanager', secretsManager, {}),
  ssm: service('ssm', ssm, {}),
};

const list = (name: string, traits: SchemaTraits): StaticListSchema => [1, 'test', name, traits, 0];

const requestOf = (body: string) => ({
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: bytesOf(body),
});

const read = (name: keyof typeof services, operation: string, body: string): unknown => {
  const known = services[name].operation(operation);
  if (known === undefined) throw new Error(`There is no operation ${operation}.`);
  const protocol = name === 'rds' ? awsQuery : awsJson('1.1');
  return protocol.read(known, requestOf(body));
};

describe('a request that does not fit its schema', () => {
  it.each([
    ['{"DirectoryIds":"d-1"}', 'DirectoryIds must be a list.'],
    ['{"DirectoryIds":[7]}', 'DirectoryIds.0 must be a string.'],
    ['{"Limit":"7"}', 'Limit must be a number.'],
    ['[]', 'The request must be a structure.'],
    ['{', "The request's body is no JSON"],
  ])('is refused where it is JSON: %s', (body, message) => {
    expect(() => read('ds', 'DescribeDirectories', body)).toThrow(
      expect.objectContaining({ code: 'SerializationException', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ['AllocatedStorage=much', 'AllocatedStorage must be a number.'],
    ['AllocatedStorage=', 'AllocatedStorage must be a number.'],
    ['MultiAZ=yes', 'MultiAZ must be true or false.'],
    ['Tags=x', 'Tags must be a list.'],
    ['Tags.Tag.1=x', 'Tags.0 must be a structure.'],
    ['DBInstanceClass.x=x', 'DBInstanceClass must be a string.'],
  ])('is refused where it is a form: %s', (form, message) => {
    const body = `DBInstanceIdentifier=a&Engine=sqlserver-ee&${form}`;

    expect(() => read('rds', 'CreateDBInstance', body)).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue', message }),
    );
  });

  it.each([
    [
      'ssm',
      'CreateActivation',
      '{"IamRole":"r","ExpirationDate":"soon"}',
      'ExpirationDate must be a point in time.',
    ],
    [
      'secretsmanager',
      'PutSecretValue',
      '{"SecretId":"s","SecretBinary":"*"}',
      'SecretBinary must be base64.',
    ],
    [
      'secretsmanager',
      'DeleteSecret',
      '{"SecretId":"s","ForceDeleteWithoutRecovery":"true"}',
      'ForceDeleteWithoutRecovery must be true or false.',
    ],
  ] as const)('is refused by %s: %s', (name, operation, body, message) => {
    expect(() => read(name, operation, body)).toThrow(
      expect.objectContaining({ code: 'SerializationException', message }),
    );
  });

  it('is refused where something is missing', () => {
    expect(() => read('ds', 'CreateMicrosoftAD', '{"Name":"a","VpcSettings":{"VpcId":"v"}}')).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: 'The request must contain the parameter VpcSettings.SubnetIds.',
      }),
    );
    expect(() => read('rds', 'CreateDBInstance', 'Engine=sqlserver-ee')).toThrow(
      expect.objectContaining({
        code: 'MissingParameter',
        message: 'The request must contain the parameter DBInstanceIdentifier, DBInstanceClass.',
      }),
    );
  });

  it('is read without the members that nobody knows and those that are null', () => {
    const body =
      '{"Limit":3,"NextToken":null,"Colour":"red","DirectoryIds":["d-1",null],"__proto__":{"a":1}}';

    expect(read('ds', 'DescribeDirectories', body)).toEqual({ Limit: 3, DirectoryIds: ['d-1'] });
  });

  it('is read as a service with traits of its own would have it', () => {
    const flat: StaticMapSchema = [2, 'test', 'Flat', { xmlFlattened: 1, xmlName: 'Entry' }, 0, 1];
    const sparse: StaticMapSchema = [2, 'test', 'Gaps', { sparse: 1 }, 0, 1];
    const input: StaticStructureSchema = [
      3,
      'test',
      'Input',
      0,
      ['Names', 'Counts', 'Holes', 'Gaps'],
      [list('Names', { xmlFlattened: 1, xmlName: 'Name' }), flat, list('Holes', { sparse: 1 }), sparse],
    ];
    const operation = {
      name: 'Test',
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of('unit'),
      http: undefined,
    };

    expect(awsQuery.read(operation, requestOf('Name.1=a&Name.2=b&Entry.1.key=c&Entry.1.value=3'))).toEqual({
      Names: ['a', 'b'],
      Counts: { c: 3 },
    });
    expect(
      awsJson('1.0').read(
        operation,
        requestOf('{"Holes":["a",null],"Names":["a",null],"Gaps":{"a":null},"Counts":{"a":null}}'),
      ),
    ).toEqual({
      Holes: ['a', null],
      Gaps: { a: null },
      Counts: {},
      Names: ['a'],
    });
  });

  it('is read with times to the millisecond', () => {
    const body = '{"IamRole":"r","ExpirationDate":1.001}';

    expect(read('ssm', 'CreateActivation', body)).toMatchObject({ ExpirationDate: new Date(1001) });
  });

  it('is read as nothing where the operation takes nothing', () => {
    const unit = NormalizedSchema.of('unit');
    const operation = { name: 'Test', input: unit, output: unit, http: undefined };

    expect(awsJson('1.0').read(operation, requestOf('{}'))).toEqual({});
    expect(awsQuery.read(operation, requestOf('Action=Test'))).toEqual({});
  });

  it('is read in the order of its numbers, not of its parts', () => {
    const form = 'DBInstanceIdentifier=a&VpcSecurityGroupIds.VpcSecurityGroupId.10=c&__proto__.x=1'.concat(
      '&VpcSecurityGroupIds.VpcSecurityGroupId.2=b&VpcSecurityGroupIds.VpcSecurityGroupId.1=a',
    );

    expect(read('rds', 'ModifyDBInstance', form)).toEqual({
      DBInstanceIdentifier: 'a',
      VpcSecurityGroupIds: ['a', 'b', 'c'],
    });
  });
});
