import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { acceptForm } from '../catalog/accept-form.ts';
import { tellWaiting } from '../catalog/tell-waiting.ts';
import { Claim } from '../support/claim.ts';
import { Forbidden, NotReady } from '../support/errors.ts';
import { ledgerSettings } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { accomplishment } from './accomplishment.ts';
import { Conclusion } from './conclusion.ts';
import { findExecution, isOver } from './execution.ts';
import { explain } from './explain.ts';
import { subjectLine } from './notice.ts';

const input = z.object({
  source: z.literal('aws.states'),
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({
    executionArn: z.string().min(1),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    stopDate: z.number().nullable(),
  }),
});

/** Tells people, and the stack that waits, how an execution ended; keeps that in the ledger, and gives the request free where it succeeded. */
export const conclude = step({
  name: 'conclude',
  input,
  output: z.object({}),
  settings: ledgerSettings.extend({ TOPIC_ARN: z.string().min(1) }),
  clients: (configuration) => ({
    sfn: new SFNClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
    sns: new SNSClient(configuration),
  }),
  fails: Forbidden,
  async run({ detail }, { sfn, dynamodb, sns, settings, now, put }) {
    if (!isOver(detail)) return {};
    const { LEDGER_TABLE: table, TOPIC_ARN } = settings;
    // The event is only the occasion: what is told is what is true now, so a late or a second event tells nothing old.
    const execution = await findExecution(sfn, detail.executionArn);
    const { arn, requestId, redrivenAt, status } = execution;
    if (!isOver(execution)) {
      if (redrivenAt !== null && redrivenAt.getTime() >= Number(detail.stopDate)) return {};
      throw new NotReady(`Step Functions does not show yet that ${arn} has ended.`);
    }
    const succeeded = status === 'SUCCEEDED';
    const text = succeeded
      ? accomplishment(execution)
      : await explain({ sfn, dynamodb, table, now }, execution);
    // Where there is no legal id the conclusion is kept under the execution itself: no request's id has a colon.
    const key = requestId ?? arn;
    // First: what was carried out stands, whether or not anybody can be told of it.
    if (succeeded) await acceptForm({ dynamodb, table }, key, arn);
    const claim = requestId === null ? null : new Claim(dynamodb, table, { requestId, execution: arn });
    // One that was refused because another one is at work must not speak for the request.
    if ((await claim?.holder()) === arn)
      await new Conclusion(dynamodb, table, key, execution, 'conclusion').write(text);
    const conclusion = new Conclusion(dynamodb, table, key, execution, `conclusion#${arn}`);
    await conclusion.write(text);
    try {
      // A stack waits for hours, so it comes first; people are told whether or not it can be.
      await tellWaiting({ dynamodb, table, put, now }, key, arn, { succeeded, reason: text });
    } finally {
      if (!(await conclusion.isTold())) {
        await sns.send(
          new PublishCommand({ TopicArn: TOPIC_ARN, Subject: subjectLine(execution), Message: text }),
        );
        await conclusion.told(now());
      }
      // Where it did not succeed the claim stays: a redrive goes on with it, a new execution takes it from one that ended.
      if (succeeded) await claim?.release();
    }
    return {};
  },
});
