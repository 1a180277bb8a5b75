import * as ds from '@aws-sdk/client-directory-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as lambda from '@aws-sdk/client-lambda';
import * as rds from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from 'vitest';
import { AnswerCutOff } from '../../../simulator/wire/answer-cut-off.ts';
import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { Endpoint, type EndpointOptions } from '../../../simulator/wire/endpoint.ts';
import type { Listening } from '../../../simulator/wire/listen.ts';
import { service } from '../../../simulator/wire/service.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close()));
});

const listening = async (options: EndpointOptions = {}): Promise<string> => {
  const services = [
    service('ds', ds, {
      DescribeDirectories: () => ({
        DirectoryDescriptions: [{ DirectoryId: 'd-1', LaunchTime: new Date(1500) }],
      }),
    }),
    service('ec2', ec2, {
      DescribeVpcs: () => ({ Vpcs: [{ VpcId: 'vpc-1' }] }),
      DeleteVpc: () => ({}),
      DescribeSubnets() {
        throw new ServiceError('InvalidSubnetID.NotFound', "The subnet ID 's<1>' does not exist");
      },
    }),
    service('lambda', lambda, { Invoke: () => ({}) }),
    service('rds', rds, {
      AddTagsToResource: () => ({}),
      DescribeDBInstances: () => ({ DBInstances: [] }),
      StopDBInstance() {
        throw new ServiceError('DBInstanceNotFoundFault', 'DBInstance a&b not found.');
      },
      StartDBInstance() {
        throw new ServiceError('ServiceUnavailable', 'Later.', {}, 503);
      },
    }),
  ];
  const listened = await new Endpoint(services, options).listen(0);
  open.push(listened);
  return listened.url;
};

const signedFor = (name: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250101/eu-west-1/${name}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** Sends a form as any SDK does, and returns the status and the document. */
const sendForm = async (name: string, form: Record<string, string>): Promise<string> => {
  const response = await fetch(await listening(), {
    method: 'POST',
    headers: signedFor(name),
    body: new URLSearchParams(form),
  });
  return `${response.status} ${response.headers.get('content-type')} ${await response.text()}`;
};

const id = '00000000-0000-4000-8000-000000000001';
const begin = '<?xml version="1.0" encoding="UTF-8"?>\n';
const metadata = `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata>`;

describe('listen', () => {
  it.each([
    [
      'rds',
      'DescribeDBInstances',
      {},
      `200 text/xml ${begin}<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult>${metadata}</DescribeDBInstancesResponse>`,
    ],
    [
      'rds',
      'AddTagsToResource',
      { ResourceName: 'a', 'Tags.Tag.1.Key': 'k' },
      `200 text/xml ${begin}<AddTagsToResourceResponse>${metadata}</AddTagsToResourceResponse>`,
    ],
    [
      'rds',
      'StopDBInstance',
      { DBInstanceIdentifier: 'a&b' },
      `404 text/xml ${begin}<ErrorResponse><Error><Type>Sender</Type><Code>DBInstanceNotFound</Code><Message>DBInstance a&amp;b not found.</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`,
    ],
    [
      'rds',
      'StartDBInstance',
      { DBInstanceIdentifier: 'a' },
      `503 text/xml ${begin}<ErrorResponse><Error><Type>Receiver</Type><Code>ServiceUnavailable</Code><Message>Later.</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`,
    ],
    [
      'ec2',
      'DescribeVpcs',
      {},
      `200 text/xml ${begin}<DescribeVpcsResponse><requestId>${id}</requestId><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>`,
    ],
    [
      'ec2',
      'DeleteVpc',
      { VpcId: 'vpc-1' },
      `200 text/xml ${begin}<DeleteVpcResponse><requestId>${id}</requestId><return>true</return></DeleteVpcResponse>`,
    ],
    [
      'ec2',
      'DescribeSubnets',
      {},
      `400 text/xml ${begin}<Response><Errors><Error><Code>InvalidSubnetID.NotFound</Code><Message>The subnet ID 's&lt;1&gt;' does not exist</Message></Error></Errors><RequestID>${id}</RequestID></Response>`,
    ],
  ])('writes the documents of %s: %s', async (name, action, form, expected) => {
    expect(await sendForm(name, { Action: action, Version: '1', ...form })).toBe(expected);
  });

  it('writes JSON with its id in a header', async () => {
    const response = await fetch(await listening(), {
      method: 'POST',
      headers: {
        ...signedFor('ds'),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'DirectoryService_20150416.DescribeDirectories',
      },
      body: '{}',
    });

    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(response.headers.get('x-amzn-requestid')).toBe(id);
    expect(await response.json()).toEqual({
      DirectoryDescriptions: [{ DirectoryId: 'd-1', LaunchTime: 1.5 }],
    });
  });

  it('writes an error in JSON, its message by the name that the model gives it', async () => {
    const missing = new ServiceError('EntityDoesNotExistException', 'No d-1.');
    const headers = { ...signedFor('ds'), 'x-amz-target': 'DirectoryService_20150416.DescribeDirectories' };

    const response = await fetch(await listening({ around: () => Promise.reject(missing) }), {
      method: 'POST',
      headers,
      body: '{}',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ __type: 'EntityDoesNotExistException', Message: 'No d-1.' });
  });

  it('refuses a client of S3 in the XML that it reads', async () => {
    const response = await fetch(await listening(), { headers: signedFor('s3') });

    expect(`${response.status} ${response.headers.get('content-type')} ${await response.text()}`).toBe(
      `400 text/xml ${begin}<Error><Code>UnknownOperationException</Code><Message>The simulated s3 does not know GET /.</Message><RequestId>${id}</RequestId></Error>`,
    );
  });

  it('writes no payload where there is none', async () => {
    const url = `${await listening()}/2015-03-31/functions/f/invocations`;

    const response = await fetch(url, { method: 'POST', headers: signedFor('lambda') });

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('listens on one loopback address only', async () => {
    const url = await listening();

    await expect(fetch(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
  });

  it('serves an SDK', async () => {
    const client = new rds.RDSClient({
      endpoint: await listening(),
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    });

    expect(await client.send(new rds.DescribeDBInstancesCommand({}))).toMatchObject({ DBInstances: [] });
    client.destroy();
  });

  it('refuses a request that nobody signed', async () => {
    const response = await fetch(await listening());

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationToken' });
  });

  it.each([
    ['/2015-03-31/functions/%zz/invocations', 'POST /2015-03-31/functions/%zz/invocations'],
    ['//?a', 'POST //'],
  ])('refuses a path that nobody serves: %s', async (path, name) => {
    const url = await listening();

    const response = await fetch(`${url}${path}`, { method: 'POST', headers: signedFor('lambda') });

    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(await response.json()).toEqual({
      __type: 'UnknownOperationException',
      message: `The simulated lambda does not know ${name}.`,
    });
  });

  it('cuts the connection where the answer is lost', async () => {
    const url = await listening({ around: () => Promise.reject(new ConnectionLost()) });
    const headers = { ...signedFor('ds'), 'x-amz-target': 'DirectoryService_20150416.DescribeDirectories' };

    await expect(fetch(url, { method: 'POST', headers, body: '{}' })).rejects.toThrow('fetch failed');
  });

  it('looks to an SDK as the door without sockets does where the answer is cut off', async () => {
    const client = new ds.DirectoryServiceClient({
      endpoint: await listening({ around: () => Promise.reject(new AnswerCutOff()) }),
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });

    await expect(client.send(new ds.DescribeDirectoriesCommand({}))).rejects.toMatchObject({
      code: 'ECONNRESET',
      $metadata: { httpStatusCode: 200 },
    });
    client.destroy();
  });

  it('says when its port is taken', async () => {
    const { port } = new URL(await listening());

    await expect(new Endpoint([]).listen(Number(port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
