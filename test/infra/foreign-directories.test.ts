import { beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '../../simulator/policies/access.ts';
import { arn, ours, tagging, vpc, whoMayByTemplate } from '../support/who-may.ts';

const directory = arn('ds', 'directory/d-9999999999');
const group = arn('ec2', 'security-group/sg-0fffffffffffffff0');
const createdForUs = { 'aws:ResourceTag/forestbridge:created-for': ['orders'] };
const [request, createdFor] = ['forestbridge:request', 'forestbridge:created-for'];
const changes = [
  ['ds:AddIpRoutes', 'route-public-addresses'],
  ['ds:CreateConditionalForwarder', 'forward-dns'],
  ['ds:CreateTrust', 'ensure-trust'],
  ['ds:DeleteDirectory', 'remove-directory'],
  ['ds:DeleteTrust', 'ensure-trust'],
  ['ds:UpdateConditionalForwarder', 'forward-dns'],
  ['ds:VerifyTrust', 'verify-trust'],
] as const;

describe('a directory that is not ours', () => {
  let whoMay: Awaited<ReturnType<typeof whoMayByTemplate>>;
  beforeAll(async () => {
    whoMay = await whoMayByTemplate();
  });
  const whoTags = (keys: readonly string[], context: Access['context'] = {}): readonly string[] =>
    whoMay('ds:AddTagsToResource', directory, { ...context, ...tagging(...keys) });

  it.each([request, 'Forestbridge:Request', 'FORESTBRIDGE:REQUEST'])(
    'is tagged as ours by no role, not even while it is created: %s',
    (key) => {
      for (const keys of [[key], [key, 'team'], [createdFor, key], [createdFor, 'team', key]]) {
        expect(whoTags(keys)).toEqual([]);
        expect(whoMay('ds:CreateMicrosoftAD', '*', tagging(...keys))).toEqual([]);
      }
    },
  );

  it('is tagged as created for a request by the one role that creates directories, to the letter', () => {
    expect(whoTags([createdFor])).toEqual(['ensure-directory']);
    expect(whoTags([createdFor, 'team'])).toEqual(['ensure-directory']);
    for (const key of ['Forestbridge:Created-For', 'forestbridge:domain', 'team'])
      expect(whoTags([key])).toEqual([]);
    expect(whoTags([])).toEqual([]);
  });

  it('becomes ours, where it was created for a request, by another role, to the letter', () => {
    expect(whoTags([request], createdForUs)).toEqual(['confirm-directory']);
    for (const keys of [['Forestbridge:Request'], [request, 'team'], [request, createdFor]])
      expect(whoTags(keys, createdForUs)).toEqual([]);
    expect(whoTags([], createdForUs)).toEqual([]);
  });

  it.each(changes)('is left alone by every role, also where it was created for a request: %s', (action) => {
    expect(whoMay(action, directory)).toEqual([]);
    expect(whoMay(action, directory, createdForUs)).toEqual([]);
  });

  it.each(changes)('differs from one that is by its tag, for a role that tags none: %s', (action, role) => {
    expect(whoMay(action, directory, ours)).toEqual([role]);
    for (const key of [request, createdFor])
      expect(whoTags([key], { ...ours, ...createdForUs })).not.toContain(role);
  });

  it.each([
    ['vpc-0a1b2c3d4e5f60718', request, ['confirm-directory']],
    ['vpc-0a1b2c3d4e5f60718', createdFor, ['ensure-directory', 'confirm-directory']],
    ['vpc-0fffffffffffffff0', request, []],
    ['vpc-0fffffffffffffff0', createdFor, []],
  ])('hands on its tags in a configured VPC alone, by Directory Service: %s, %s', (id, key, roles) => {
    const tags = { ...tagging(key), ...vpc(id) };
    expect(whoMay('ec2:CreateTags', group, { ...tags, 'aws:ViaAWSService': ['true'] })).toEqual(roles);
    expect(whoMay('ec2:CreateTags', group, tags)).toEqual([]);
  });

  it.each([
    ['ec2:DeleteSecurityGroup', group],
    ['ec2:RevokeSecurityGroupIngress', group],
    ['ec2:DeleteNetworkInterface', arn('ec2', 'network-interface/eni-0fffffffffffffff0')],
  ])(
    'has its network removed in a configured VPC alone, by the role that deletes: %s',
    (action, resource) => {
      const ofDirectories = (id: string) =>
        whoMay(action, resource, { ...vpc(id), 'aws:ViaAWSService': ['true'] }).filter((role) =>
          /directory/.test(role),
        );
      expect(ofDirectories('vpc-0a1b2c3d4e5f60718')).toEqual(['remove-directory']);
      expect(ofDirectories('vpc-0fffffffffffffff0')).toEqual([]);
    },
  );
});
