import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { World } from './world.ts';

/** A cause that is broken on purpose, and how an administrator mends it. */
interface Break {
  readonly description: string;
  /** What of a request it takes to have an effect; without it every request has that. */
  readonly needs?: 'database';
  apply(world: World): void;
  mend(world: World): void;
}

const domainRolePolicy = 'arn:aws:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess';

const port = (number: number, service: string): Break => ({
  description: `The company's firewall closes port ${number}, ${service}.`,
  apply: ({ forests }) => forests.forEach(({ closedPorts }) => closedPorts.add(number)),
  mend: ({ forests }) => forests.forEach(({ closedPorts }) => closedPorts.delete(number)),
});

/** What is made holds, but has no effect as long as it is broken. */
const withoutEffect = (name: string, description: string): Break => ({
  description,
  apply: ({ causes }) => void causes.broken.add(name),
  mend: ({ causes }) => void causes.broken.delete(name),
});

const controllers = ({ forests }: World) => forests.flatMap(({ domainControllers }) => domainControllers);

const breaks = {
  'forwarder-on-premises': withoutEffect(
    'forwarder-on-premises',
    "The company's DNS does not forward the directory's names.",
  ),
  'forwarder-in-aws': withoutEffect(
    'forwarder-in-aws',
    "The directory does not forward the company's names.",
  ),
  'port-53': port(53, 'DNS'),
  'port-88': port(88, 'Kerberos'),
  'port-389': port(389, 'LDAP'),
  'port-445': port(445, 'SMB'),
  'domain-controller': {
    description: "The company's domain controller is down.",
    apply: (world) =>
      controllers(world).forEach((controller) => {
        controller.up = false;
      }),
    mend: (world) =>
      controllers(world).forEach((controller) => {
        controller.up = true;
      }),
  },
  'trust-password': withoutEffect(
    'trust-password',
    'The half on premises has another password than the half in AWS.',
  ),
  'half-on-premises': withoutEffect('half-on-premises', 'The half of the trust on premises is missing.'),
  'half-in-aws': withoutEffect('half-in-aws', 'AWS cannot make its half of the trust.'),
  role: {
    description:
      'The role by which RDS reads the directory lacks its policy (needs a request with a database).',
    needs: 'database',
    apply: ({ roles }) => roles.all.forEach((role) => roles.detach(role, domainRolePolicy)),
    mend: ({ roles }) => roles.all.forEach((role) => roles.attach(role, domainRolePolicy)),
  },
  clock: {
    description: "The domain controller's clock is ten minutes ahead.",
    apply: (world) =>
      controllers(world).forEach((controller) => {
        controller.clockSkewSeconds = 600;
      }),
    mend: (world) =>
      controllers(world).forEach((controller) => {
        controller.clockSkewSeconds = 0;
      }),
  },
} satisfies Record<string, Break>;

export type BreakName = keyof typeof breaks;
export const isBreakName = (name: string): name is BreakName => Object.hasOwn(breaks, name);

/** Every cause that can be broken, and what is then true. */
export const breakDescriptions: readonly (readonly [string, string])[] = Object.entries(breaks).map(
  ([name, { description }]) => [name, description],
);

export const applyBreak = (world: World, name: BreakName): void => breaks[name].apply(world);
/** What the request would have to have for that cause to matter; null where it matters. */
export const lackedBy = (request: NormalisedRequest, name: BreakName): string | null => {
  const { needs }: Break = breaks[name];
  return needs === undefined || request[needs] !== null ? null : needs;
};
export const mendBreak = (world: World, name: BreakName): void => breaks[name].mend(world);
