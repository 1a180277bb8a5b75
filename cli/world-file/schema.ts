import { z } from 'zod';
import { type BreakName, breakDescriptions, isBreakName } from '../../simulator/world/breaks.ts';

/** An object of these fields and no others; all may be left out. */
const fields = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `leave it out; the fields here are ${known}`
        : `write an object of ${known}`,
  });
};
const text = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });
const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `write ${words.map((word) => JSON.stringify(word)).join(' or ')}` });
const whole = (least: number, most: number, of: string) => {
  const error = `write ${of}, a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};
const yesOrNo = z.boolean({ error: 'write true or false' });
const list = <Element extends z.ZodType>(element: Element, of: string) =>
  z.array(element, { error: `write a list of ${of}` });
const atMost = <Element extends z.ZodType>(most: number, element: Element, of: string) =>
  list(element, of).max(most, { error: `write at most ${most} ${of}` });
const byName = <Value extends z.ZodType>(value: Value, of: string) =>
  z.record(text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'write a domain name in lower case'), value, {
    error: ({ code }) => (code === 'invalid_key' ? 'write a domain name in lower case' : `write ${of}`),
  });

const id = (prefix: string, digits: string) =>
  text(new RegExp(`^${prefix}-[0-9a-f]{${digits}}$`), `write an id that begins with "${prefix}-"`);
const name = text(/./, 'write a name');
const address = z.ipv4({ error: 'write an IPv4 address, such as "10.20.0.10"' });
const cidr = z.cidrv4({ error: 'write an IPv4 network, such as "10.20.0.0/16"' });
const isCidr = (text: string): boolean => z.union([z.cidrv4(), z.cidrv6()]).safeParse(text).success;
const peer = name.refine((text) => !text.includes('/') || isCidr(text), {
  error: 'write a network, such as "10.20.0.0/16", or the name or id of a security group',
});
const subnetId = id('subnet', '8,17');
const shortName = text(/^[A-Z0-9-]{1,15}$/, 'write a NetBIOS name in capitals, such as "AWS"');
const trustType = oneOf('Forest', 'External');

const portsAdvice = 'write a port such as "445" or a range such as "1024-65535", as text';
const ports = text(/^\d{1,5}(-\d{1,5})?$/, portsAdvice)
  .transform((written) => written.split('-').map(Number))
  .refine(([from = 0, to = from]) => from <= to && to <= 65_535, { error: portsAdvice })
  .transform(([from = 0, to = from]) => ({ from, to }));
const traffic = {
  direction: oneOf('in', 'out'),
  protocol: oneOf('tcp', 'udp', 'all').default('all'),
  ports: ports.optional(),
};

const company = fields({
  closedPorts: list(whole(1, 65_535, 'a port'), 'ports').optional(),
  accounts: list(name, 'account names').optional(),
  domainControllers: list(
    fields({
      managedNodeId: text(
        /^(i|mi)-[0-9a-f]{8,17}$/,
        'write the id of a managed node, which begins with "i-" or "mi-"',
      ),
      address: address.optional(),
      online: yesOrNo.optional(),
      agentVersion: text(/^\d+(\.\d+){2,3}$/, 'write a version, such as "3.3.2958.0"').optional(),
      clockSkewSeconds: whole(-86_400, 86_400, 'seconds').optional(),
    }),
    'domain controllers',
  ).optional(),
  forwarders: byName(list(address, 'addresses of DNS servers'), 'addresses by domain names').optional(),
  trusts: byName(
    fields({ type: trustType, direction: oneOf('Inbound', 'Outbound', 'Bidirectional') }),
    'trusts by the names of their domains',
  ).optional(),
});

const network = fields({
  missingSubnets: list(subnetId, "ids of the request's subnets").optional(),
  routes: list(
    fields({
      subnetId,
      destination: cidr,
      target: text(
        /^((vgw|tgw|pcx|igw|nat)-[0-9a-f]{8,17}|blackhole)$/,
        'write the id of a gateway, or "blackhole"',
      ),
    }),
    'routes',
  ).optional(),
  networkAcls: list(
    fields({
      subnetIds: list(subnetId, 'ids of subnets'),
      rules: list(fields({ ...traffic, action: oneOf('allow', 'deny'), cidr }), 'rules, the first one first'),
    }),
    'network ACLs',
  ).optional(),
  securityGroups: list(
    fields({
      group: name,
      rules: list(fields({ ...traffic, peer }), 'rules'),
    }),
    'security groups',
  ).optional(),
});

const directory = fields({
  id: id('d', '10').optional(),
  name: text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'write a domain name in lower case').optional(),
  shortName: shortName.optional(),
  edition: oneOf('Standard', 'Enterprise', 'Hybrid').optional(),
  stage: oneOf('Active', 'Impaired', 'Inoperable', 'Failed').optional(),
  primaryRegion: text(/^[a-z]+(-[a-z]+)+-\d$/, 'write a Region, such as "eu-central-1"').optional(),
  trusts: byName(
    fields({
      type: trustType,
      direction: oneOf('One-Way: Outgoing', 'One-Way: Incoming', 'Two-Way'),
    }),
    'trusts by the names of their domains',
  ).optional(),
});

const instance = fields({
  identifier: text(/^[a-z][a-z0-9-]{0,62}$/, 'write the identifier of an instance'),
  status: oneOf('available', 'modifying', 'stopped', 'storage-full', 'failed').optional(),
  engine: text(/^[a-z]+(-[a-z]+)*$/, 'write an engine, such as "sqlserver-se"').optional(),
  encrypted: yesOrNo.optional(),
  pendingInstanceClass: text(/^db\.\w+\.\w+$/, 'write a class, such as "db.r6i.xlarge"').optional(),
  directoryId: id('d', '10').optional(),
});

const breakAdvice = `write ${breakDescriptions.map(([name]) => `"${name}"`).join(' or ')}`;

/** How a world differs from the one in which its request succeeds. */
export const worldFileSchema = fields({
  comment: z.string({ error: 'write a text' }).optional(),
  breaks: list(
    z.custom<BreakName>((name) => typeof name === 'string' && isBreakName(name), { error: breakAdvice }),
    'causes',
  ).optional(),
  company: company.optional(),
  network: network.optional(),
  // As many as AWS allows in a Region.
  directories: atMost(20, directory, 'directories').optional(),
  failingDirectories: whole(0, 10, 'how many creations of a directory fail').optional(),
  instances: atMost(40, instance, 'database instances').optional(),
});
export type Differences = z.output<typeof worldFileSchema>;
