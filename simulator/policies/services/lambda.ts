// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
import type * as Lambda from '@aws-sdk/client-lambda';
import { arn, on, resource } from '../resources.ts';
import type { Rows } from '../rows.ts';

export const lambda: Rows<typeof Lambda> = {
  Invoke({ FunctionName = '*', Qualifier }, at) {
    const name = FunctionName.replace(/^arn:.*:function:/, '');
    const qualified = Qualifier === undefined ? name : `${name}:${Qualifier}`;
    return [on('lambda:InvokeFunction', resource(arn(at, 'lambda', `function:${qualified}`)))];
  },
};
