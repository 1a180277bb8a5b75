import { Catalog } from './catalog.ts';
import { Causes, controllerPlaces, greatestSkewSeconds } from './causes.ts';
import type { Clock } from './clock.ts';
import { Commands } from './commands.ts';
import { Databases, type Instance } from './databases.ts';
import { Directories } from './directories.ts';
import type { Forest } from './forest.ts';
import { known } from './network/known.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';
import { Roles } from './roles.ts';
import { Schedules } from './schedules.ts';
import { modelScripts } from './scripts.ts';
import { Secrets } from './secrets.ts';
import type { Setting } from './setting.ts';
import { Stacks } from './stacks.ts';
import { Topics } from './topics.ts';
import { Trusts } from './trusts.ts';

/** What the role by which RDS reads a directory needs. */
export const domainRolePolicy = 'arn:aws:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess';
/** What a member of a domain needs of the directory's controllers. */
const memberPorts = [53, 88, 135, 389, 445, 464];

/** One account and the companies around it: everything that is true, and how it comes about. */
export class World implements Setting {
  readonly clock: Clock;
  readonly random: Random;
  readonly accountId = '111122223333';
  readonly region = 'eu-central-1';
  /** The key of the deployment. */
  readonly keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  readonly network: Network;
  readonly forests: Forest[] = [];
  readonly directories: Directories;
  readonly causes: Causes;
  readonly trusts: Trusts;
  readonly secrets: Secrets;
  readonly roles: Roles;
  readonly topics: Topics;
  readonly schedules: Schedules;
  readonly stacks: Stacks;
  readonly catalog: Catalog;
  readonly databases: Databases;
  readonly commands: Commands;

  constructor(clock: Clock, seed: number) {
    this.clock = clock;
    this.random = new Random(seed);
    this.network = new Network(this);
    this.directories = new Directories(this, this.network, ({ directoryId }) =>
      this.#hasMembers(directoryId),
    );
    this.causes = new Causes(this.network, this.forests, clock);
    this.trusts = new Trusts(this, this.causes);
    this.secrets = new Secrets(this);
    this.roles = new Roles(this);
    this.topics = new Topics(this);
    this.schedules = new Schedules(this);
    this.stacks = new Stacks(this);
    this.catalog = new Catalog(this, this.stacks);
    this.databases = new Databases(this, this.network, this.secrets, this);
    const password = (secretArn: string): string | null => this.#password(secretArn);
    const { forests, directories, causes } = this;
    this.commands = new Commands(
      this,
      () => forests.flatMap(({ domainControllers }) => domainControllers),
      modelScripts({ forests, directories, causes, password }),
    );
  }

  /** The name of a directory that is Active, or null. */
  activeDirectory(directoryId: string): string | null {
    const directory = this.directories.find(directoryId);
    return directory?.stage === 'Active' ? directory.name : null;
  }

  /** Why an instance cannot become a member at this moment, or null where it can. */
  whyNotJoin(instance: Instance, directoryId: string, roleName: string): string | null {
    const usable = this.roles.usable(roleName, 'rds.amazonaws.com', domainRolePolicy);
    if (usable !== true) return usable;
    const directory = this.directories.find(directoryId);
    if (directory?.stage !== 'Active') return `the directory ${directoryId} is not Active`;
    const from = known(this.network.interfaces, instance.interfaceId);
    for (const to of controllerPlaces(directory))
      for (const port of memberPorts) {
        const reached = this.network.reaches(from, to, { protocol: 'tcp', port });
        if (reached !== true) return reached;
      }
    return null;
  }

  /** Whether SQL Server on an instance knows a Windows name: by its directory, and the trust to the name's domain. */
  lookUp(instance: Instance, name: string): 'found' | 'unknown' | 'unreachable' {
    const { membership } = instance;
    const [shortName = '', principal = ''] = name.split('\\');
    const directory = this.directories.find(membership?.directoryId ?? '');
    const forest = this.forests.find((forest) => forest.shortName === shortName.toUpperCase());
    if (membership?.inEffect !== true || directory === undefined || forest === undefined) return 'unknown';
    const trust = directory.trusts.find(({ remoteDomainName }) => remoteDomainName === forest.domainName);
    // Who is only trusted by the company lets none of its people in.
    if (trust?.direction === 'One-Way: Incoming') return 'unknown';
    if (trust === undefined || this.causes.whyNotVerified(directory, trust) !== null) return 'unreachable';
    const skewed = forest.domainControllers.every(
      ({ clockSkewSeconds }) => Math.abs(clockSkewSeconds) > greatestSkewSeconds,
    );
    if (skewed || forest.closedPorts.has(88)) return 'unreachable';
    return forest.principals?.has(principal) === false ? 'unknown' : 'found';
  }

  #hasMembers(directoryId: string): boolean {
    return this.databases.all.some(
      ({ membership }) => membership?.directoryId === directoryId && membership.status !== 'failed',
    );
  }

  #password(secretArn: string): string | null {
    const secret = this.secrets.find(secretArn);
    const value: unknown = JSON.parse(secret?.versions.at(-1)?.value ?? '{}');
    if (secret?.deletion !== null || typeof value !== 'object' || value === null) return null;
    return 'password' in value && typeof value.password === 'string' ? value.password : null;
  }
}
