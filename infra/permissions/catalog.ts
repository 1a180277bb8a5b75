import { arn, everyObject, names, type Place } from '../names.ts';
import { type Grant, type Grants, noResourceType, type Setting } from './grant.ts';
import { executions, ledger } from './support.ts';

const stacks = (place: Place): Pick<Grant, 'resources' | 'because'> => ({
  resources: [arn(place, 'cloudformation', `stack/SC-${place.account}-pp-*/*`)],
  because: 'Service Catalog names the stack of a product after an id that it draws.',
});

/** Serves the product in Service Catalog, and alone may start the workflow for it. */
export const catalog: Grants = {
  'serve-catalog': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
    ...executions(setting, 'DescribeExecution'),
    { actions: ['cloudformation:DescribeStacks'], ...stacks(setting.configuration) },
    {
      actions: ['states:StartExecution'],
      resources: ['provision', 'watch-update'].map((name) =>
        arn(setting.configuration, 'states', `stateMachine:${names.stateMachine(name)}`),
      ),
    },
  ],
  'end-waiting': (setting) => ledger(setting, 'GetItem', 'UpdateItem'),
};

/** What the role may do that Service Catalog launches the product with. */
export const launching = ({ configuration }: Setting): readonly Grant[] => [
  {
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeStacks',
      'cloudformation:DescribeStackEvents',
      'cloudformation:SetStackPolicy',
      'cloudformation:TagResource',
      'cloudformation:UntagResource',
    ],
    ...stacks(configuration),
  },
  {
    actions: ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'],
    resources: ['*'],
    because: noResourceType,
  },
  {
    actions: ['s3:GetObject'],
    resources: [everyObject(configuration)],
    conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
    because: "Service Catalog keeps the product's template in a bucket of its own, under this tag.",
  },
  {
    actions: ['lambda:InvokeFunction'],
    resources: [arn(configuration, 'lambda', `function:${names.function('serve-catalog')}`)],
  },
];
