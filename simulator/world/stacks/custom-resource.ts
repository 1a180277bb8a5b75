import { z } from 'zod';
import type { JsonObject } from '../../states/data/json.ts';
import { uuid } from '../uuid.ts';
import { type Resource, ResourceFailed, type ResourceKind, type Surroundings, within } from './resource.ts';

const longestAnswer = 4096;
const second = 1000;

const answerSchema = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().min(1).max(1024).optional(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  Data: z.record(z.string(), z.json()).default({}),
});
type Answer = z.output<typeof answerSchema>;

const answerIn = (text: string): Answer => {
  if (Buffer.byteLength(text) > longestAnswer) throw new ResourceFailed('Response object is too long.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ResourceFailed('Response is not valid JSON');
  }
  const parsed = answerSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ResourceFailed(
    `Invalid Response object: Value of property ${issue?.path.join('.')} is not as it must be`,
  );
};

/** Everything reaches a function as text, whatever it is in the template. */
const asText = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asText(item)]));
};

const requestFields = z.record(z.string(), z.json());

/** Asks the function of a custom resource and waits for what it puts at the signed URL. */
const ask = async (
  resource: Resource,
  fields: JsonObject,
  { setting, urls, stackId, deliver }: Surroundings,
  calledOff: AbortSignal | null,
): Promise<void> => {
  const { logicalId, type, properties } = resource;
  const { ServiceToken: token, ServiceTimeout: seconds = 3600 } = properties;
  if (typeof token !== 'string' || !token.startsWith('arn:aws:lambda:'))
    throw new ResourceFailed(`Invalid ServiceToken of ${logicalId}: write the ARN of a Lambda function`);
  const requestId = uuid(setting.random);
  const text = await within<string>(setting, Number(seconds) * second, calledOff, async (give) => {
    const url = await urls.open(`${stackId}|${logicalId}|${requestId}`, give);
    const event = requestFields.parse({
      ...fields,
      ServiceToken: token,
      ResponseURL: url,
      StackId: stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceProperties: asText(properties),
    });
    await deliver(token, event);
  });
  if (text === null)
    throw new ResourceFailed(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`,
    );
  const answer = answerIn(text);
  if (answer.StackId !== stackId || answer.RequestId !== requestId || answer.LogicalResourceId !== logicalId)
    throw new ResourceFailed('Invalid Response object: it is the answer to another request');
  resource.physicalId = answer.PhysicalResourceId ?? resource.physicalId;
  if (answer.Status === 'FAILED')
    throw new ResourceFailed(
      `Received response status [FAILED] from custom resource. Message returned: ${answer.Reason ?? 'See the details in CloudWatch Log Stream'} (RequestId: ${requestId})`,
    );
  if (answer.PhysicalResourceId === undefined) throw new ResourceFailed('Invalid PhysicalResourceId');
  resource.attributes = answer.Data;
};

/** A resource that a Lambda function makes. */
export const customResource: ResourceKind = {
  create: (resource, around, calledOff) => ask(resource, { RequestType: 'Create' }, around, calledOff),

  update: (resource, before, around, calledOff) =>
    ask(
      resource,
      {
        RequestType: 'Update',
        PhysicalResourceId: resource.physicalId,
        OldResourceProperties: requestFields.parse(asText(before)),
      },
      around,
      calledOff,
    ),

  delete: (resource, around) =>
    ask(resource, { RequestType: 'Delete', PhysicalResourceId: resource.physicalId }, around, null),
};
