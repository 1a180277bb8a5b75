import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readForm } from '../../../functions/catalog/form.ts';
import { parametersSchema } from '../../../functions/catalog/parameters.ts';
import { productTemplate } from '../../../infra/catalog/product-template.ts';

const template = productTemplate({ account: '111122223333', region: 'eu-central-1' }, ['corp', 'other']);
const parameters = z
  .record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Default: z.union([z.string(), z.number()]).optional(),
      AllowedPattern: z.string().default('.*'),
      AllowedValues: z.array(z.string()).readonly().optional(),
    }),
  )
  .parse(template.Parameters);

/** Whether CloudFormation would take a value: a pattern has to match all of it, and each member of a list. */
const takes = (name: string, value: string): boolean => {
  const { Type, AllowedPattern = '.*' } = parameters[name] ?? {};
  const pattern = new RegExp(`^(?:${AllowedPattern})$`, 'u');
  return (Type === 'CommaDelimitedList' ? value.split(',') : [value]).every((each) => pattern.test(each));
};

describe('the template of the product', () => {
  it('asks what the function reads, and hands over all of it', () => {
    expect(Object.keys(parameters).toSorted()).toEqual(Object.keys(parametersSchema.shape).toSorted());
    expect(Object.keys(template.Resources.Request.Properties).toSorted()).toEqual(
      ['ServiceToken', 'WaitHandle', ...Object.keys(parameters)].toSorted(),
    );
  });

  it('shows every field once, under a heading and with a label', () => {
    const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];

    expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).toSorted()).toEqual(
      Object.keys(parameters).toSorted(),
    );
    expect(Object.keys(ParameterLabels).toSorted()).toEqual(Object.keys(parameters).toSorted());
  });

  it('asks for nothing of how the company is connected', () => {
    expect(Object.keys(parameters).join()).not.toMatch(/domain|dns|node|directory|vpc|subnet|existing/i);
    expect(parameters['Connection']?.AllowedValues).toEqual(['corp', 'other']);
  });

  it('has defaults that it takes itself, and that the function reads', () => {
    const defaults = Object.fromEntries(
      Object.entries(parameters).map(([name, { Type, Default }]) => [
        name,
        Type === 'CommaDelimitedList' ? String(Default).split(',') : String(Default ?? 'corp'),
      ]),
    );

    for (const [name, { Default }] of Object.entries(parameters))
      if (Default !== undefined) expect([name, takes(name, String(Default))]).toEqual([name, true]);
    expect(readForm({ ...defaults, ServiceToken: 'arn', WaitHandle: 'url' }).parameters).toMatchObject({
      Connection: 'corp',
      Logins: [],
      AllowedNetworks: [],
      StorageGiB: 100,
    });
  });

  it.each([
    ['DatabaseIdentifier', 'orders-2'],
    ['InstanceClass', 'db.r6i.xlarge'],
    ['AllowedNetworks', '10.20.0.0/16,10.30.0.0/24'],
    ['AllowedNetworks', '10.20.0.0/16, 10.30.0.0/24'],
    ['Logins', 'DBAdmins'],
    ['Logins', "CORP\\O'Brien,Domain Users"],
  ])('takes %s = %s', (name, value) => {
    expect(takes(name, value)).toBe(true);
  });

  it.each([
    ['DatabaseIdentifier', '-orders'],
    ['DatabaseIdentifier', 'orders--2'],
    ['InstanceClass', 'r6i.xlarge'],
    ['AllowedNetworks', '0.0.0.0/0'],
    ['AllowedNetworks', '10.0.0.0/7'],
    ['AllowedNetworks', '10.20.0.0/16,10.20.0.300/24'],
    ['Logins', 'a@corp.example.com'],
    ['Logins', 'CORP\\a\\b'],
  ])('does not take %s = %s', (name, value) => {
    expect(takes(name, value)).toBe(false);
  });

  it('waits for half a day between the request and what came of it', () => {
    const { Request, Done, Result } = template.Resources;

    expect(Request.Type).toBe('Custom::ForestbridgeRequest');
    expect(Done).toMatchObject({ DependsOn: 'Request', Properties: { Timeout: '43200', Count: 1 } });
    expect(Result).toMatchObject({
      Type: 'Custom::ForestbridgeResult',
      DependsOn: 'Done',
      Properties: { Execution: { 'Fn::GetAtt': ['Request', 'Execution'] } },
    });
    expect(Object.keys(template.Outputs)).toEqual(['RequestId', 'Endpoint', 'Port', 'KerberosName']);
  });

  it('chooses the only connection by itself', () => {
    const { Parameters } = productTemplate({ account: '111122223333', region: 'eu-central-1' }, ['corp']);

    expect(Parameters).toMatchObject({ Connection: { Default: 'corp' } });
  });
});
