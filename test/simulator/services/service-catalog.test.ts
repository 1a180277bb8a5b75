import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeProvisionedProductCommand,
  DescribeRecordCommand,
  ProvisionProductCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { describe, expect, it } from 'vitest';
import { operatorConfiguration } from '../../../cli/local-account.ts';
import { type Answer, made, type StackRequest, stackAccount } from '../../support/stack-account.ts';

const template = {
  Description: 'A thing',
  Parameters: { Size: { Type: 'Number', MaxValue: 9 }, Colour: { Type: 'String', Default: 'red' } },
  Resources: { Thing: made({ Size: { Ref: 'Size' }, Colour: { Ref: 'Colour' } }) },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] }, Description: 'What it is called' } },
};
const bigger = { ...template, Description: 'A better thing' };

const prepare = (answer: (event: StackRequest) => Answer = () => ({ Data: { Name: 'Bob' } })) => {
  const { account, world, events } = stackAccount(answer);
  const { catalog } = world;
  const launchRoleArn = 'arn:aws:iam::111122223333:role/launch';
  const versions = { '1': JSON.stringify(template), '2': JSON.stringify(bigger) };
  const product = catalog.offer({ name: 'Thing', launchRoleArn, versions });
  const client = new ServiceCatalogClient(operatorConfiguration(account));
  const stacks = new CloudFormationClient(operatorConfiguration(account));
  const provision = (given: object = {}) =>
    client.send(
      new ProvisionProductCommand({
        ProductName: 'Thing',
        ProvisioningArtifactName: '1',
        ProvisionedProductName: 'mine',
        ProvisioningParameters: [{ Key: 'Size', Value: '5' }],
        ...given,
      }),
    );
  const record = async (Id: string | undefined) => {
    await catalog.records.get(Id ?? '')?.ended;
    return client.send(new DescribeRecordCommand({ Id }));
  };
  const mine = async () =>
    (await client.send(new DescribeProvisionedProductCommand({ Name: 'mine' }))).ProvisionedProductDetail;
  return { client, stacks, product, provision, record, mine, events };
};

describe('Service Catalog', () => {
  it('makes a stack of what was asked for, and shows what became of it', async () => {
    const { client, stacks, product, provision, record, mine } = prepare();
    expect((await client.send(new SearchProductsCommand({}))).ProductViewSummaries).toMatchObject([
      { ProductId: product.id, Name: 'Thing' },
    ]);

    const { RecordDetail } = await provision();
    expect(RecordDetail).toMatchObject({
      Status: 'CREATED',
      RecordType: 'PROVISION_PRODUCT',
      ProductId: product.id,
      ProvisionedProductName: 'mine',
      ProvisionedProductId: expect.stringMatching(/^pp-[a-z0-9]{13}$/),
    });
    expect(await mine()).toMatchObject({ Status: 'UNDER_CHANGE' });

    const ended = await record(RecordDetail?.RecordId);
    const StackName = `SC-111122223333-${RecordDetail?.ProvisionedProductId}`;
    expect(ended.RecordDetail).toMatchObject({ Status: 'SUCCEEDED', RecordErrors: [] });
    expect(ended.RecordOutputs).toEqual([
      expect.objectContaining({
        OutputKey: 'CloudformationStackARN',
        OutputValue: expect.stringContaining(`:stack/${StackName}/`),
      }),
      { OutputKey: 'Name', OutputValue: 'Bob', Description: 'What it is called' },
    ]);
    expect(await mine()).toMatchObject({
      Id: RecordDetail?.ProvisionedProductId,
      Status: 'AVAILABLE',
      Type: 'CFN_STACK',
      LastRecordId: RecordDetail?.RecordId,
      ProvisioningArtifactId: product.artifacts[0]?.id,
    });

    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks).toMatchObject([
      {
        StackName,
        StackStatus: 'CREATE_COMPLETE',
        Description: 'A thing',
        RoleARN: 'arn:aws:iam::111122223333:role/launch',
        Parameters: [
          { ParameterKey: 'Size', ParameterValue: '5' },
          { ParameterKey: 'Colour', ParameterValue: 'red' },
        ],
        Outputs: [{ OutputKey: 'Name', OutputValue: 'Bob' }],
        CreationTime: expect.any(Date),
      },
    ]);
    expect(Stacks?.[0]?.Tags).toContainEqual({
      Key: 'aws:servicecatalog:provisioningPrincipalArn',
      Value: 'arn:aws:iam::111122223333:user/AKIAOPERATOR00000000',
    });
    const { StackEvents } = await stacks.send(new DescribeStackEventsCommand({ StackName }));
    expect(
      StackEvents?.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`),
    ).toEqual([
      `${StackName} CREATE_COMPLETE`,
      'Thing CREATE_COMPLETE',
      'Thing CREATE_IN_PROGRESS',
      `${StackName} CREATE_IN_PROGRESS`,
    ]);
  });

  it('changes what is asked for anew, keeps what is to be kept, and can go to another version', async () => {
    const { client, product, provision, record, mine, events } = prepare();
    await record((await provision()).RecordDetail?.RecordId);
    const update = async (given: object) =>
      record(
        (await client.send(new UpdateProvisionedProductCommand({ ProvisionedProductName: 'mine', ...given })))
          .RecordDetail?.RecordId,
      );

    const changed = await update({
      ProvisioningParameters: [
        { Key: 'Size', UsePreviousValue: true },
        { Key: 'Colour', Value: 'blue' },
      ],
    });
    expect(changed.RecordDetail).toMatchObject({
      Status: 'SUCCEEDED',
      RecordType: 'UPDATE_PROVISIONED_PRODUCT',
    });
    expect(events.at(-1)?.ResourceProperties).toMatchObject({ Size: '5', Colour: 'blue' });

    await update({ ProvisioningArtifactName: '2', ProvisioningParameters: [{ Key: 'Size', Value: '6' }] });
    expect(await mine()).toMatchObject({
      Status: 'AVAILABLE',
      ProvisioningArtifactId: product.artifacts[1]?.id,
    });

    const same = await update({ ProvisioningParameters: [{ Key: 'Size', Value: '6' }] });
    expect(same.RecordDetail).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [{ Description: 'No updates are to be performed.' }],
    });
    expect(await mine()).toMatchObject({ Status: 'AVAILABLE' });
  });

  it('is told of a parameter that is wrong by CloudFormation, and takes the product away again', async () => {
    const { client, provision, record, mine } = prepare();

    const { RecordDetail } = await provision({ ProvisioningParameters: [{ Key: 'Size', Value: '10' }] });

    expect((await record(RecordDetail?.RecordId)).RecordDetail).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [
        {
          Code: 'AmazonCloudFormationException',
          Description: "Parameter 'Size' must be a number not greater than 9",
        },
      ],
    });
    expect(await mine()).toMatchObject({
      Status: 'ERROR',
      StatusMessage: "Parameter 'Size' must be a number not greater than 9",
    });
    const terminate = new TerminateProvisionedProductCommand({ ProvisionedProductName: 'mine' });
    const terminated = await client.send(terminate);
    await record(terminated.RecordDetail?.RecordId);
    await expect(mine()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('shows that something goes wrong while a stack is rolled back', async () => {
    const statuses: (string | undefined)[] = [];
    const { client, provision, record } = prepare(({ RequestType }) =>
      RequestType === 'Create' ? { Status: 'FAILED', Reason: 'No.' } : {},
    );
    const { RecordDetail } = await provision();
    const { RecordId } = RecordDetail ?? {};
    for (;;) {
      const described = await client.send(new DescribeRecordCommand({ Id: RecordId }));
      const status = described.RecordDetail?.Status;
      if (status !== statuses.at(-1)) statuses.push(status);
      if (status === 'FAILED') break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await record(RecordId);

    expect(statuses).toEqual(['CREATED', 'IN_PROGRESS', 'IN_PROGRESS_IN_ERROR', 'FAILED']);
  });

  it('takes the same token for the same request', async () => {
    const { provision, record, events } = prepare();

    const first = await provision({ ProvisionToken: 'one' });
    const second = await provision({ ProvisionToken: 'one' });

    expect(second.RecordDetail?.RecordId).toBe(first.RecordDetail?.RecordId);
    await record(first.RecordDetail?.RecordId);
    expect(events).toHaveLength(1);
  });

  it('refuses what it cannot do', async () => {
    const { client, stacks, provision, record } = prepare();
    await expect(provision({ ProductName: 'Other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(provision({ ProvisioningArtifactName: '3' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { RecordDetail } = await provision();
    await expect(provision()).rejects.toMatchObject({ name: 'InvalidParametersException' });
    await expect(
      client.send(new TerminateProvisionedProductCommand({ ProvisionedProductName: 'mine' })),
    ).rejects.toMatchObject({
      name: 'InvalidParametersException',
      message: expect.stringContaining('under change'),
    });
    await expect(client.send(new DescribeRecordCommand({ Id: 'rec-none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(stacks.send(new DescribeStacksCommand({ StackName: 'none' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id none does not exist',
    });
    await record(RecordDetail?.RecordId);
    expect((await stacks.send(new DescribeStacksCommand({}))).Stacks).toHaveLength(1);
  });
});
