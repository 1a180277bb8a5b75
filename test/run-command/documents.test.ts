import { createHash } from 'node:crypto';
import { assert, constantFrom, property, string, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documents } from '../../run-command/documents.ts';
import { type DocumentName, parameters } from '../../run-command/parameters.ts';

const every = documents().map((document) => [document.name, document] as const);
const contentSchema = z.strictObject({
  schemaVersion: z.literal('2.2'),
  description: z.string().min(1),
  parameters: z.record(
    z.string().regex(/^[a-zA-Z0-9]+$/),
    z.strictObject({
      type: z.literal('String'),
      interpolationType: z.literal('ENV_VAR'),
      description: z.string().min(1),
      allowedPattern: z.string().regex(/^\^\(.+\)\$$/),
      allowedValues: z.array(z.string()).optional(),
      default: z.string().optional(),
    }),
  ),
  mainSteps: z.tuple([
    z.strictObject({
      action: z.literal('aws:runPowerShellScript'),
      name: z.string(),
      precondition: z.strictObject({
        StringEquals: z.tuple([z.literal('platformType'), z.literal('Windows')]),
      }),
      inputs: z.strictObject({
        timeoutSeconds: z.number().int().min(60).max(600),
        runCommand: z.array(z.string()),
      }),
    }),
  ]),
});
type Content = z.output<typeof contentSchema>;
const contentOf = (content: string): Content => contentSchema.parse(JSON.parse(content));

const patternOf = (document: DocumentName, parameter: string): RegExp => {
  const found = documents().find(({ name }) => name === document)?.parameters[parameter];
  return new RegExp(found?.allowedPattern ?? 'there is no such parameter');
};

describe('documents', () => {
  it('are the four of the contract', () => {
    expect(documents().map(({ name }) => name)).toEqual([
      'check-domain-controller',
      'forward-dns',
      'create-trust',
      'confirm-trust',
    ]);
  });

  it.each(every)(
    '%s is of schema 2.2, for Windows, every parameter by the environment',
    (_name, document) => {
      const content = contentOf(document.content);

      expect(content.parameters).toEqual(document.parameters);
    },
  );

  it.each(every)('%s is pinned by the hash of its content', (_name, { content, hash }) => {
    expect(hash).toBe(createHash('sha256').update(content, 'utf8').digest('hex'));
  });

  it.each(every)(
    '%s stays far under the 64 KB of SSM, lets SSM replace nothing, and ends in its main part',
    (_name, document) => {
      const { runCommand } = contentOf(document.content).mainSteps[0].inputs;

      expect(document.content.length).toBeLessThan(32_000);
      expect(document.content).not.toContain('{{');
      expect(runCommand.at(-1)).toBe('Invoke-Main');
      expect(runCommand.join('')).toMatch(/^[\x20-\x7E]*$/);
    },
  );

  it.each(every)('%s reads the parameters that it has, and no others', (_name, document) => {
    const script = contentOf(document.content).mainSteps[0].inputs.runCommand.join('\n');
    const read = [...script.matchAll(/Get-(?:Optional)?Parameter -Name '(\w+)'/g)].map(([, name]) => name);

    expect(new Set(read)).toEqual(new Set(Object.keys(document.parameters)));
    expect(script.match(/\$env:\w+/g) ?? []).not.toContainEqual(expect.stringContaining('SSM_'));
  });

  it.each(every)('%s never asks for a reboot, and has no password to pass', (_name, document) => {
    const script = contentOf(document.content).mainSteps[0].inputs.runCommand.join('\n');

    expect([...script.matchAll(/^ *exit (\S+)/gm)].map(([, code]) => code)).toEqual(['1', '0']);
    expect(Object.keys(document.parameters).join(' ')).not.toMatch(
      /password|credential|token|secret(?!arn)/i,
    );
    expect(script).not.toMatch(/ConvertTo-SecureString|\[securestring\]/i);
  });

  it('takes what the workflow sends', () => {
    const accepted = {
      DirectoryName: 'aws.corp.example.com',
      DirectoryDnsIpAddresses: '10.0.0.10,192.168.199.249,250.255.99.1',
      SecretArn:
        'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:forestbridge/app-1/trust-a1B2c3',
    };

    for (const [name, value] of Object.entries(accepted)) {
      const of = documents().filter((document) => name in document.parameters);
      for (const document of of) expect(value).toMatch(patternOf(document.name, name));
    }
  });
});

describe('the patterns of the parameters', () => {
  const dangerous = /[^A-Za-z0-9.,:/-]/;
  const all = Object.entries(parameters).flatMap(([document, its]) =>
    Object.entries(its).map(
      ([name, parameter]) => [`${document} ${name}`, parameter.allowedPattern] as const,
    ),
  );

  it.each(all)('%s refuses whatever a shell could act on', (_name, pattern) => {
    const matches = new RegExp(pattern);
    const injected = tuple(
      string(),
      constantFrom(...'`$();|&<>"\'{}[]%\\\n\r\t #@*?!~^+=_\u0000\u2019'.split('')),
      string(),
    ).map((parts) => parts.join(''));

    assert(property(injected, (value) => !matches.test(value)));
    assert(property(string(), (value) => !(matches.test(value) && dangerous.test(value))));
  });

  it.each(all)('%s refuses a good value with something around it', (_name, pattern) => {
    const matches = new RegExp(pattern);

    assert(
      property(stringMatching(matches), constantFrom(';', '\n', ' ', '$(x)', ',,'), (good, more) => {
        expect(good).toMatch(matches);
        return !matches.test(good + more) && !matches.test(more + good);
      }),
    );
  });

  it.each([
    ['DirectoryName', 'single'],
    ['DirectoryName', '-x.example.com'],
    ['DirectoryName', 'x-.example.com'],
    ['DirectoryName', 'x..example.com'],
    ['DirectoryName', 'example.com.'],
    ['DirectoryName', `${'a'.repeat(64)}.example.com`],
    ['DirectoryName', ''],
    ['Direction', 'One-Way: Outgoing'],
    ['Direction', 'inbound'],
    ['TrustType', 'Realm'],
    ['SelectiveAuthentication', 'True'],
    ['Action', 'delete'],
    ['SecretArn', 'S3cret!'],
    [
      'SecretArn',
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:forestbridge/app/directory-admin-a1B2c3',
    ],
    ['SecretArn', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:payroll/app/trust-a1B2c3'],
    ['SecretArn', 'arn:aws:ssm:eu-central-1:123456789012:secret:forestbridge/app/trust-a1B2c3'],
  ])('create-trust %s refuses "%s"', (name, value) => {
    expect(value).not.toMatch(patternOf('create-trust', name));
  });

  it.each([
    '10.0.0.256',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.1,',
    '10.0.0.1, 10.0.0.2',
    '1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4,1.1.1.5',
    '::1',
    '',
  ])('forward-dns DirectoryDnsIpAddresses refuses "%s"', (value) => {
    expect(value).not.toMatch(patternOf('forward-dns', 'DirectoryDnsIpAddresses'));
  });

  it.each(['DirectoryName', 'DirectoryDnsIpAddresses'])('check-domain-controller %s may be empty', (name) => {
    expect('').toMatch(patternOf('check-domain-controller', name));
  });
});
