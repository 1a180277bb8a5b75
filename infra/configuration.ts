import { readFileSync } from 'node:fs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { functions } from '../functions/functions.ts';
import { connectionsSchema } from '../functions/request/connections.ts';
import { fields, list, securityGroupId, subnetId, text, vpcId, whole } from '../functions/request/fields.ts';
import { network } from '../functions/request/networks.ts';
import { problemsIn } from '../functions/request/report.ts';
import { tagsSchema } from '../functions/request/tags.ts';
import { calledAlike } from './called-alike.ts';
import { unusable } from './catalog/offered.ts';
import { elsewhere } from './elsewhere.ts';
import { tooLong } from './policy-sizes.ts';
import { scheduleExpression } from './schedule-expression.ts';

/** The days that CloudWatch Logs can keep logs; for ever is none of them. */
const retention = z.enum(RetentionDays).exclude(['INFINITE']);
const retentions = retention.options.filter((days) => typeof days === 'number');

const once = (values: readonly string[], context: z.RefinementCtx): void => {
  for (const [index, value] of values.entries())
    if (values.indexOf(value) < index)
      context.addIssue({ code: 'custom', path: [index], message: 'leave it out: it is listed before' });
};

const functionNames = `write the name of a function: ${Object.keys(functions).join(', ')}`;
const functionName = z.enum(Object.keys(functions), { error: functionNames });
const atLeastOne = 'write how many executions are reserved, a whole number from 1';
const flexible = whole(1, 1440, 'the minutes within which a check may start');

/** What a configuration has to be; the JSON schema of it is kept in configuration.schema.json. */
export const configurationSchema = fields({
  /** Where editors find the JSON schema. */
  $schema: z.string().optional(),
  account: text(/^\d{12}$/, 'write the 12 digits of the AWS account'),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write a Region, such as "eu-central-1"'),
  /** Where the function stands that creates the Windows logins. */
  login: fields({
    vpcId,
    subnetIds: list(subnetId, 1, 16, 'subnet ids')
      .superRefine(once)
      .describe('One a zone: an interface endpoint takes no second one in the same zone'),
    /** The networks that databases stand in; the function reaches nothing else. */
    databaseNetworks: list(network, 1, 50, 'networks that databases stand in'),
    /** The security group of the VPC's endpoint for Secrets Manager; left out, an endpoint is made. */
    endpointSecurityGroupId: securityGroupId.optional(),
  }),
  connections: connectionsSchema.superRefine(
    (connections, context) => {
      for (const { index, reason } of unusable(connections))
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `nobody could ask for a database over this connection: ${reason}`,
        });
    },
    // What is wrong with a connection would be wrong with every request over it as well.
    { when: ({ issues }) => issues.length === 0 },
  ),
  /** Who may ask for databases in Service Catalog. */
  catalog: fields({
    principalArns: z
      .array(
        text(
          /^arn:aws[a-z-]*:iam::\d{12}:(role|user|group)\/[\w+=,.@/-]{1,512}$/,
          'write the ARN of a role, a user or a group',
        ),
        { error: 'write a list of ARNs of roles, users and groups' },
      )
      .superRefine(once),
  }).default({ principalArns: [] }),
  notificationEmail: z.email({ error: 'write an e-mail address' }),
  schedule: fields({
    expression: scheduleExpression,
    flexibleMinutes: flexible.default(60),
  }).default({ expression: 'rate(1 day)', flexibleMinutes: 60 }),
  logRetentionDays: z
    .literal(retentions, { error: `write one of ${retentions.join(', ')}` })
    .default(RetentionDays.ONE_YEAR),
  /** Concurrent executions reserved for a function, by its name. */
  reservedConcurrency: z
    .partialRecord(functionName, z.int({ error: atLeastOne }).min(1, { error: atLeastOne }), {
      error: functionNames,
    })
    .default({}),
  tags: tagsSchema.default({}),
})
  .superRefine(
    (configuration, context) => {
      for (const { path, advice } of [...elsewhere(configuration), ...calledAlike(configuration.connections)])
        context.addIssue({ code: 'custom', path: [...path], message: advice });
      for (const message of tooLong(configuration))
        context.addIssue({ code: 'custom', path: ['connections'], message });
    },
    { when: ({ issues }) => issues.length === 0 },
  )
  .describe('What a deployment of Forestbridge is configured with');
export type Configuration = z.output<typeof configurationSchema>;

/** The configuration is not what it has to be; the message names every field. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

const where = (text: string, { offset, error }: ParseError): string => {
  const line = text.slice(0, offset).split('\n').length;
  return `line ${line}: ${printParseErrorCode(error)}`;
};

/** Reads a configuration from JSON with comments. */
export const parseConfiguration = (text: string, file: string): Configuration => {
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0)
    throw new BadConfiguration(
      `${file} is no JSON:\n${errors.map((each) => `- ${where(text, each)}`).join('\n')}`,
    );
  const parsed = configurationSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = problemsIn(parsed.error.issues, json, 'everything').map((problem) => `- ${problem}`);
  throw new BadConfiguration(`${file} cannot be deployed:\n${problems.join('\n')}`);
};

/** The file that the configuration is in. */
export const configurationFile = (): string =>
  process.env['FORESTBRIDGE_CONFIGURATION'] ?? 'forestbridge.jsonc';

export const readConfiguration = (file: string): Configuration => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new BadConfiguration(`There is no file ${file}. Name another one in FORESTBRIDGE_CONFIGURATION.`);
  }
  return parseConfiguration(text, file);
};
