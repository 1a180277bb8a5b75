import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readForm } from '../../../functions/catalog/form.ts';
import { parametersSchema } from '../../../functions/catalog/parameters.ts';
import { loginName } from '../../../functions/request/names.ts';
import { network } from '../../../functions/request/networks.ts';
import { productTemplate } from '../../../infra/catalog/product-template.ts';
import { anyCharacter } from '../../support/any-character.ts';

const template = productTemplate({ account: '111122223333', region: 'eu-central-1' }, [
  { name: 'corp', identifierPrefixes: ['orders'] },
  { name: 'other', identifierPrefixes: ['crm-'] },
]);
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

/** A login as the request has it that a form makes. */
const asked = (form: string): string => (form.includes('\\') ? form : `CORP\\${form}`);

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
    ['DatabaseIdentifier', 'orders'],
    ['DatabaseIdentifier', 'orders-2'],
    ['DatabaseIdentifier', 'crm-sales'],
    ['InstanceClass', 'db.r6i.xlarge'],
    ['AllowedNetworks', '10.20.0.0/16,10.30.0.0/24'],
    ['AllowedNetworks', '10.20.0.0/16, 10.30.0.0/24'],
    ['Logins', 'DBAdmins'],
    ['Logins', "CORP\\O'Brien,Domain Users"],
    ['Logins', 'CORP\\DBAdmins, Jürgen Müller'],
    ['Logins', 'a_b-c.d$,Cap}p{'],
    ['AllowedNetworks', '126.255.0.1/8,128.0.0.0/9,223.255.255.255/32'],
  ])('takes %s = %s', (name, value) => {
    expect(takes(name, value)).toBe(true);
  });

  it.each([
    ['DatabaseIdentifier', '-orders'],
    ['DatabaseIdentifier', 'crm-'],
    ['DatabaseIdentifier', 'crm'],
    ['DatabaseIdentifier', 'payroll'],
    ['DatabaseIdentifier', 'my-orders'],
    ['DatabaseIdentifier', 'Orders'],
    ['DatabaseIdentifier', 'orders--2'],
    ['InstanceClass', 'r6i.xlarge'],
    ['AllowedNetworks', '0.0.0.0/0'],
    ['AllowedNetworks', '10.0.0.0/7'],
    ['AllowedNetworks', '10.20.0.0/16,10.20.0.300/24'],
    ['Logins', 'a@corp.example.com'],
    ['Logins', 'CORP\\a\\b'],
    ['Logins', 'x.'],
    ['Logins', 'DBAdmins,x.'],
    ['Logins', 'a\tb'],
    ['Logins', 'a\u{a0}b'],
    ['Logins', 'c.o\\x'],
    ['Logins', 'CORP\\'],
    ['Logins', 'x'.repeat(113)],
    ['AllowedNetworks', '01.2.3.4/16'],
    ['AllowedNetworks', '10.020.0.0/16'],
    ['AllowedNetworks', '127.0.0.0/8'],
    ['AllowedNetworks', '0.0.0.0/8'],
    ['AllowedNetworks', '169.254.0.0/16'],
    ['AllowedNetworks', '224.0.0.0/8'],
    ['AllowedNetworks', '240.0.0.0/8'],
    ['AllowedNetworks', '10.0.0.0/08'],
  ])('does not take %s = %s', (name, value) => {
    expect(takes(name, value)).toBe(false);
  });

  const octet = fc.oneof(
    fc.nat(255).map(String),
    fc.constantFrom(
      '0',
      '1',
      '01',
      '126',
      '127',
      '128',
      '169',
      '223',
      '224',
      '239',
      '240',
      '254',
      '255',
      '256',
    ),
  );
  const written = fc
    .tuple(
      octet,
      octet,
      octet,
      octet,
      fc.oneof(fc.integer({ min: 6, max: 33 }).map(String), fc.constant('08')),
    )
    .map(([a, b, c, d, width]) => `${a}.${b}.${c}.${d}/${width}`);

  it('takes no network that a request may not have', () => {
    const isTaken = fc.oneof(
      written,
      fc
        .integer({ min: 8, max: 32 })
        .chain((width) => fc.constantFrom(`169.254.7.7/${width}`, `169.255.7.7/${width}`)),
    );

    fc.assert(
      fc.property(isTaken, (value) => !takes('AllowedNetworks', value) || network.safeParse(value).success),
      { numRuns: 2000 },
    );
  });

  it('takes no login that a request may not have', () => {
    const hostile = fc.constantFrom(
      ...'aZ9 .\\$-_"/[]:;|=+*?<>@\t\u{a0}\u{ad}\u{2028}\u{e000}\u{378}'.split(''),
    );
    const value = fc.string({ unit: fc.oneof(hostile, anyCharacter), maxLength: 6 });

    fc.assert(
      fc.property(
        fc.oneof(
          value,
          value.map((name) => `CORP\\${name}`),
        ),
        (login) =>
          login.includes(',') ||
          login.trim() === '' ||
          !takes('Logins', login) ||
          loginName.safeParse(asked(login.trim())).success,
      ),
      { numRuns: 2000 },
    );
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
    const { Parameters } = productTemplate({ account: '111122223333', region: 'eu-central-1' }, [
      { name: 'corp', identifierPrefixes: ['orders'] },
    ]);

    expect(Parameters).toMatchObject({ Connection: { Default: 'corp' } });
  });
});
