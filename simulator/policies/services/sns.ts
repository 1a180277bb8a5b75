// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
import type * as Sns from '@aws-sdk/client-sns';
import { withCustomersKey } from '../encryption.ts';
import { on, resource } from '../resources.ts';
import type { Rows } from '../rows.ts';

export const sns: Rows<typeof Sns> = {
  Publish({ TopicArn, TargetArn = '*' }, at) {
    const topic = TopicArn ?? TargetArn;
    return [
      on('sns:Publish', resource(topic)),
      ...withCustomersKey(at, 'sns', ['GenerateDataKey', 'Decrypt'], { 'aws:sns:topicArn': topic }),
    ];
  },
};
