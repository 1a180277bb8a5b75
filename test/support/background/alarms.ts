import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { arnOf, type Background, encrypting, on, service } from './accesses.ts';

const alarmSchema = z.object({ AlarmName: z.string(), AlarmActions: z.array(z.string()) });

/**
 * CloudWatch by itself: an alarm tells people:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export const raiseAlarms = (naming: Naming, { keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::CloudWatch::Alarm', alarmSchema).map(([, { AlarmName, AlarmActions }]) => ({
    principal: service(naming, 'cloudwatch.amazonaws.com', arnOf(naming, 'cloudwatch', `alarm:${AlarmName}`)),
    accesses: [...AlarmActions.flatMap((topic) => on(topic, ['sns:Publish'])), ...on(keyArn, encrypting)],
  }));
