import { readFileSync } from 'node:fs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { connectionsSchema } from '../functions/request/connections.ts';
import { securityGroupId, subnetId, vpcId } from '../functions/request/fields.ts';
import { network } from '../functions/request/networks.ts';
import { unusable } from './catalog/offered.ts';

/** The days that CloudWatch Logs can keep logs; for ever is none of them. */
const retention = z.enum(RetentionDays).exclude(['INFINITE']);
const retentions = retention.options.filter((days) => typeof days === 'number');

/** What a configuration has to be; the JSON schema of it is kept in configuration.schema.json. */
export const configurationSchema = z
  .strictObject({
    /** Where editors find the JSON schema. */
    $schema: z.string().optional(),
    account: z.string().regex(/^\d{12}$/, { error: 'write the 12 digits of the AWS account' }),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'write a Region, such as "eu-central-1"' }),
    /** Where the function stands that creates the Windows logins. */
    login: z.strictObject({
      vpcId,
      subnetIds: z.array(subnetId).min(1),
      /** The networks that databases stand in; the function reaches nothing else. */
      databaseNetworks: z.array(network).min(1),
      /** The security group of the VPC's endpoint for Secrets Manager; left out, an endpoint is made. */
      endpointSecurityGroupId: securityGroupId.optional(),
    }),
    connections: connectionsSchema.superRefine((connections, context) => {
      for (const { index, reason } of unusable(connections))
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `nobody could ask for a database over this connection: ${reason}`,
        });
    }),
    /** Who may ask for databases in Service Catalog. */
    catalog: z
      .strictObject({
        principalArns: z.array(
          z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user|group)\/[\w+=,.@/-]{1,512}$/, {
            error: 'write the ARN of a role, a user or a group',
          }),
        ),
      })
      .default({ principalArns: [] }),
    notificationEmail: z.email({ error: 'write an e-mail address' }),
    schedule: z
      .strictObject({
        expression: z.string().regex(/^(rate|cron)\(.+\)$/, { error: 'write rate(...) or cron(...)' }),
        flexibleMinutes: z.int().min(1).max(1440).default(60),
      })
      .default({ expression: 'rate(1 day)', flexibleMinutes: 60 }),
    logRetentionDays: z
      .literal(retentions, { error: `write one of ${retentions.join(', ')}` })
      .default(RetentionDays.ONE_YEAR),
    /** Concurrent executions reserved for a function, by its name. */
    reservedConcurrency: z.record(z.string(), z.int().min(1)).default({}),
    tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
  })
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
  const problems = parsed.error.issues.map(
    ({ path, message }) => `- ${path.join('.') || 'everything'}: ${message}`,
  );
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
