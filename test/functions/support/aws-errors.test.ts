import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import { DescribeDirectoriesCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { isAwsError, isRefused, named } from '../../../functions/support/aws-errors.ts';
import { DirectoryFailed, NotReady, Throttled } from '../../../functions/support/errors.ts';
import { directoryOperations } from '../../../simulator/services/directory-service.ts';
import { AnswerCutOff } from '../../../simulator/wire/answer-cut-off.ts';
import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';
import { configurationFor } from '../../support/configuration.ts';

/** An error as an SDK client throws it. */
const answered = (name: string, message = 'Words of AWS.', httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

/** That cause behind the words of two steps. */
const wrapped = (cause: unknown) =>
  new DirectoryFailed('Own words.', { cause: new NotReady('Own words.', { cause }) });

/** What a client's call ends with where the service answers by that error. */
const caught = async (thrown: Error): Promise<unknown> => {
  const world = new World(new VirtualClock(0), 1);
  const operations = directoryOperations(world.directories, world.network, world);
  const endpoint = new Endpoint([service('ds', directoryServicePackage, operations)], {
    around: () => Promise.reject(thrown),
  });
  const client = new DirectoryServiceClient(configurationFor(endpoint));
  return client.send(new DescribeDirectoriesCommand({})).catch((error: unknown) => error);
};

describe('named', () => {
  it.each([
    ['ThrottlingException', 'Directory Service, Systems Manager, Secrets Manager, Step Functions'],
    ['Throttling', 'RDS, IAM'],
    ['ThrottledException', 'SNS'],
    ['RequestLimitExceeded', 'EC2'],
    ['EC2ThrottledException', 'EC2'],
    ['RequestThrottled', 'older services'],
    ['RequestThrottledException', 'older services'],
    ['TooManyRequestsException', 'Lambda'],
    ['ProvisionedThroughputExceededException', 'DynamoDB'],
    ['RateExceeded', 'Systems Manager'],
    ['SlowDown', 'S3'],
  ])('takes %s for throttling (%s)', (code) => {
    const error = answered(code);

    expect(named(error, DirectoryFailed)).toMatchObject({
      name: 'Throttled',
      message: `AWS asked to try again later: ${code}: Words of AWS.`,
      cause: error,
    });
  });

  it('takes a ClientException for throttling by its words, and 429 by its number', () => {
    const byWords = answered('ClientException', 'Rate exceeded');
    const byNumber = answered('SomeException', 'Words.', 429);

    expect(named(byWords, DirectoryFailed).name).toBe('Throttled');
    expect(named(byNumber, DirectoryFailed).name).toBe('Throttled');
  });

  it.each([
    'DirectoryLimitExceededException',
    'IpRouteLimitExceededException',
    'LimitExceededException',
    'LimitExceeded',
    'RulesPerSecurityGroupLimitExceeded',
    'InstanceQuotaExceeded',
    'ExecutionLimitExceeded',
    'AuthorizationNotFound',
    'EntityAlreadyExistsException',
  ])('takes %s for what it is, and keeps the words of AWS', (code) => {
    expect(named(answered(code), DirectoryFailed)).toMatchObject({
      name: 'DirectoryFailed',
      message: `${code}: Words of AWS.`,
    });
  });

  it.each([
    ['AccessDeniedException', 'JSON protocols'],
    ['AccessDenied', 'RDS, IAM, STS'],
    ['UnauthorizedOperation', 'EC2'],
    ['AuthorizationError', 'SNS'],
    ['AuthorizationErrorException', 'SNS by the SDK'],
    ['NotAuthorized', 'older services'],
  ])('takes %s for a missing permission (%s)', (code) => {
    expect(named(answered(code, 'Words of AWS.', 403), DirectoryFailed)).toMatchObject({
      name: 'Forbidden',
      message: "AWS denied a call: Words of AWS. Allow it in this function's role.",
    });
  });

  it.each([500, 502, 503, 599])('takes a status of %i for a passing fault', (status) => {
    expect(named(answered('ServiceException', 'Sorry.', status), DirectoryFailed).name).toBe('Throttled');
  });

  it.each([undefined, null, {}, { httpStatusCode: '200' }, { attempts: 1 }])(
    'takes metadata of %j for no answer',
    ($metadata) => {
      const error = Object.assign(new Error('socket hang up'), { $metadata });

      expect(named(error, DirectoryFailed)).toMatchObject({
        name: 'Throttled',
        message: 'AWS did not answer: socket hang up',
      });
    },
  );

  it.each([200, 204, 302, 399])(
    'takes a status of %i for no answer: its body could not be read',
    (status) => {
      const error = answered('SyntaxError', 'Unexpected end of JSON input', status);

      expect(named(error, DirectoryFailed)).toMatchObject({
        name: 'Throttled',
        message: 'AWS did not answer: Unexpected end of JSON input',
        cause: error,
      });
    },
  );

  it('leaves an error of a step as it is', () => {
    const error = new DirectoryFailed('own words');

    expect(named(error, DirectoryFailed)).toBe(error);
  });

  it('does not take an error of AWS for an error of a step because of its code', () => {
    expect(named(answered('InvalidRequest'), DirectoryFailed)).toMatchObject({ name: 'DirectoryFailed' });
  });

  it('leaves a mistake in the code as it is', () => {
    const bug = new TypeError('x is not a function');

    expect(named(bug, DirectoryFailed)).toBe(bug);
  });

  it('makes an error of what is none', () => {
    expect(named('a word', DirectoryFailed)).toMatchObject({ name: 'TypeError', cause: 'a word' });
  });

  it.each([
    [new ServiceError('ThrottlingException', 'Rate exceeded'), 'Throttled'],
    [new ServiceError('ServiceException', 'Sorry.', {}, 500), 'Throttled'],
    [new ConnectionLost(), 'Throttled'],
    [new AnswerCutOff(), 'Throttled'],
    [new ServiceError('AccessDeniedException', 'No.'), 'Forbidden'],
    [new ServiceError('InvalidParameterException', 'No.'), 'DirectoryFailed'],
  ])('knows what the SDK makes of %s', async (thrown, name) => {
    expect(named(await caught(thrown), DirectoryFailed).name).toBe(name);
  });
});

describe('isRefused', () => {
  it.each([
    ['InvalidParameterException', 400],
    ['AccessDenied', 403],
    ['NoSuchEntity', 404],
    ['ThrottlingException', 400],
    ['TooManyRequestsException', 429],
    ['SomeException', 499],
  ])('takes %s with status %i for a refusal', (code, status) => {
    expect(isRefused(answered(code, 'No.', status))).toBe(true);
  });

  it.each([
    ['EntityAlreadyExistsException', 400],
    ['DBInstanceAlreadyExists', 400],
    ['InvalidPermission.Duplicate', 400],
    ['DuplicateInstanceId', 400],
    ['ResourceExistsException', 400],
  ])('does not take %s for one: the thing is there', (code, status) => {
    expect(isRefused(answered(code, 'No.', status))).toBe(false);
  });

  it.each([200, 302, 399, 500, 503])('does not take a status of %i for one: nobody knows', (status) => {
    expect(isRefused(answered('SomeException', 'No.', status))).toBe(false);
  });

  it('looks behind the words of a step', () => {
    expect(isRefused(wrapped(answered('InvalidParameterException')))).toBe(true);
    expect(isRefused(wrapped(answered('EntityAlreadyExistsException')))).toBe(false);
    expect(isRefused(wrapped(answered('SomeException', 'No.', 500)))).toBe(false);
    expect(isRefused(wrapped('a word'))).toBe(false);
    expect(isRefused(new Throttled('Own words.'))).toBe(false);
  });

  it.each(['a word', undefined, null, { $metadata: { httpStatusCode: 400 } }])(
    'does not take what is no error for one: %j',
    (thrown) => {
      expect(isRefused(thrown)).toBe(false);
    },
  );

  it.each([
    [new ServiceError('InvalidParameterException', 'No.'), true],
    [new ServiceError('ThrottlingException', 'Rate exceeded'), true],
    [new ServiceError('EntityAlreadyExistsException', 'There.'), false],
    [new ServiceError('ServiceException', 'Sorry.', {}, 500), false],
    [new ConnectionLost(), false],
    [new AnswerCutOff(), false],
  ])('knows what the SDK makes of %s', async (thrown, refused) => {
    expect(isRefused(await caught(thrown))).toBe(refused);
  });
});

describe('isAwsError', () => {
  it('goes by any of the codes', () => {
    const error = answered('EntityDoesNotExistException');

    expect(isAwsError(error, 'InvalidParameterException', 'EntityDoesNotExistException')).toBe(true);
    expect(isAwsError(error, 'InvalidParameterException')).toBe(false);
    expect(isAwsError({ name: 'EntityDoesNotExistException' }, 'EntityDoesNotExistException')).toBe(false);
  });
});
