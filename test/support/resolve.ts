import { z } from 'zod';
import type { World } from '../../simulator/world/world.ts';
import type { Resources } from './template.ts';

type Resource = Resources[string];

/** What a world calls the things of a template. */
export interface Naming {
  readonly world: Pick<World, 'accountId' | 'region' | 'keyArn'>;
  readonly resources: Resources;
  /** The ids of what AWS names itself, by `logical id.attribute`. */
  readonly given: ReadonlyMap<string, string>;
}

const given = (resource: Resource, property: string, logicalId: string): string =>
  z.string().default(`Forestbridge-${logicalId}`).parse(resource.Properties[property]);

type Names = Readonly<Record<string, string>>;

/** Of a resource, what Ref gives and what Fn::GetAtt does, by its type. */
const namesOf = (logicalId: string, naming: Naming): Names => {
  const resource = naming.resources[logicalId];
  if (resource === undefined) throw new Error(`The template has no ${logicalId}.`);
  const { accountId, region, keyArn } = naming.world;
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  const name = (property: string): string => given(resource, property, logicalId);
  const named = (service: string, kind: string, property: string): Names => ({
    Ref: name(property),
    Arn: arn(service, `${kind}${name(property)}`),
  });
  switch (resource.Type) {
    case 'AWS::IAM::Role':
      return { Ref: name('RoleName'), Arn: `arn:aws:iam::${accountId}:role/${name('RoleName')}` };
    case 'AWS::KMS::Key':
      return { Ref: keyArn.replace(/^.*\//, ''), Arn: keyArn };
    case 'AWS::Lambda::Function':
      return named('lambda', 'function:', 'FunctionName');
    case 'AWS::Lambda::Version':
      return {
        Ref: arn('lambda', `function:${String(resolve(resource.Properties['FunctionName'], naming))}:1`),
      };
    case 'AWS::StepFunctions::StateMachine': {
      const { Arn = '' } = named('states', 'stateMachine:', 'StateMachineName');
      return { Ref: Arn, Arn };
    }
    case 'AWS::SNS::Topic': {
      const { Arn = '' } = named('sns', '', 'TopicName');
      return { Ref: Arn, TopicArn: Arn };
    }
    case 'AWS::SQS::Queue': {
      const { Arn = '' } = named('sqs', '', 'QueueName');
      return { Ref: `https://sqs.${region}.amazonaws.com/${accountId}/${name('QueueName')}`, Arn };
    }
    case 'AWS::DynamoDB::Table':
      return named('dynamodb', 'table/', 'TableName');
    case 'AWS::Logs::LogGroup':
      return { Ref: name('LogGroupName'), Arn: arn('logs', `log-group:${name('LogGroupName')}:*`) };
    case 'AWS::Events::Rule':
      return named('events', 'rule/', 'Name');
    case 'AWS::CloudWatch::Alarm':
      return named('cloudwatch', 'alarm:', 'AlarmName');
    default:
      // What has a name of its own is called by it.
      return { Ref: z.string().default(logicalId).parse(resource.Properties['Name']) };
  }
};

const attribute = (logicalId: string, wanted: string, naming: Naming): string => {
  const found =
    naming.given.get(`${logicalId}.${wanted}`) ??
    (Object.hasOwn(naming.resources, logicalId) ? namesOf(logicalId, naming)[wanted] : undefined);
  if (found === undefined)
    throw new Error(`Nobody has written down what ${wanted} of ${logicalId} is: say it in this file.`);
  return found;
};

const pseudo = ({ world }: Naming): ReadonlyMap<string, string> =>
  new Map([
    ['AWS::Partition', 'aws'],
    ['AWS::Region', world.region],
    ['AWS::AccountId', world.accountId],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'Forestbridge'],
  ]);

const refSchema = z.strictObject({ Ref: z.string() });
const attributeSchema = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const joinSchema = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const subSchema = z.strictObject({
  'Fn::Sub': z.union([
    z.string().transform((text) => [text, {}] as const),
    z.tuple([z.string(), z.record(z.string(), z.unknown())]),
  ]),
});

const reference = (name: string, naming: Naming): string =>
  pseudo(naming).get(name) ?? attribute(name, 'Ref', naming);

const substitute = (text: string, own: Readonly<Record<string, unknown>>, naming: Naming): string =>
  text.replaceAll(/\$\{([\w.:]+)\}/g, (_all, name: string) => {
    if (Object.hasOwn(own, name)) return String(resolve(own[name], naming));
    const [logicalId = '', wanted] = name.split(/\.(.*)/s);
    return wanted === undefined ? reference(name, naming) : attribute(logicalId, wanted, naming);
  });

/** A value of a template, with the world's names in the place of references. */
export const resolve = (value: unknown, naming: Naming): unknown => {
  const { data: ref } = refSchema.safeParse(value);
  if (ref !== undefined) return reference(ref.Ref, naming);
  const { data: got } = attributeSchema.safeParse(value);
  if (got !== undefined) {
    const [logicalId, wanted] = got['Fn::GetAtt'];
    return attribute(logicalId, wanted, naming);
  }
  const { data: joined } = joinSchema.safeParse(value);
  if (joined !== undefined) {
    const [separator, parts] = joined['Fn::Join'];
    return parts.map((part) => String(resolve(part, naming))).join(separator);
  }
  const { data: sub } = subSchema.safeParse(value);
  if (sub !== undefined) {
    const [text, own] = sub['Fn::Sub'];
    return substitute(text, own, naming);
  }
  if (Array.isArray(value)) return value.map((each) => resolve(each, naming));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const unknown = entries.find(([name]) => entries.length === 1 && name.startsWith('Fn::'));
  if (unknown !== undefined) throw new Error(`${unknown[0]} is not resolved here.`);
  return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each, naming)]));
};
