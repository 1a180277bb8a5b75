import { type Causes, controllerPlaces, greatestSkewSeconds } from './causes.ts';
import type { RunScript, ScriptResult } from './commands.ts';
import type { Directories, Directory } from './directories.ts';
import type { DomainController, Forest, Half, HalfDirection, TrustType } from './forest.ts';

type Parameters = ReadonlyMap<string, string>;
type Script = (forest: Forest, controller: DomainController, parameters: Parameters) => object;

/** What a script needs beside its own forest: the managed side, and the secret its node may read. */
interface Surroundings {
  readonly forests: readonly Forest[];
  readonly directories: Directories;
  readonly causes: Causes;
  readonly password: (secretArn: string) => string | null;
}

const ports = [53, 88, 135, 389, 445, 464, 636, 3268, 3269];

const failed = (reason: string, message: string): object => ({ status: 'failed', reason, message });
const conflict = (reason: string, message: string): object => ({ status: 'conflict', reason, message });
const done = (facts: object): object => ({ status: 'done', ...facts });

const described = (half: Half): object => ({
  direction: half.direction,
  type: half.type,
  selectiveAuthentication: half.selectiveAuthentication,
});

const list = (value: string): readonly string[] => (value === '' ? [] : value.split(','));
const parameter = (parameters: Parameters, name: string): string => parameters.get(name) ?? '';
const isDirection = (value: string): value is HalfDirection =>
  ['Inbound', 'Outbound', 'Bidirectional'].includes(value);
const trustType = (value: string): TrustType => (value === 'External' ? 'External' : 'Forest');

type Kind = Readonly<Record<'type' | 'direction', string>>;

const isEqual = (half: Kind, wanted: Kind): boolean =>
  half.direction === wanted.direction && half.type === wanted.type;

const halfDiffers = (name: string, half: Kind, wanted: Kind): object =>
  conflict(
    'half-differs',
    `The trust with ${name} is ${half.type}, ${half.direction}; asked for is ${wanted.type}, ${wanted.direction}. Neither can be changed in place: remove that trust, or ask for what it is.`,
  );

const halfMissing = (name: string): object =>
  failed(
    'half-missing',
    `No trust with ${name} is known here. If it was made a moment ago, it may not have replicated to this domain controller yet: redrive the execution. If it was removed, start a new one.`,
  );

const forwardDns: Script = (forest, _controller, parameters) => {
  const name = parameter(parameters, 'DirectoryName');
  const wanted = list(parameter(parameters, 'DirectoryDnsIpAddresses'));
  const before = forest.forwarders.get(name);
  const equal = before?.toSorted().join() === wanted.toSorted().join();
  if (before !== undefined && !equal && parameter(parameters, 'MayChange') !== 'true')
    return conflict(
      'forwarder-differs',
      `A conditional forwarder for ${name} exists and forwards to ${before.join(', ')} instead of ${wanted.join(', ')}. Forestbridge did not make it: change or remove it, then redrive.`,
    );
  if (!equal) forest.forwarders.set(name, wanted);
  return done({ forwarder: forest.forwarders.get(name), changed: !equal });
};

/** What the documents' scripts do on a domain controller, computed on the world instead of run. */
export const modelScripts = ({ forests, directories, causes, password }: Surroundings): RunScript => {
  /** Who answers for a name at these addresses; there may be two of one name for a while. */
  const answering = (name: string, addresses: readonly string[] = []): Directory | undefined => {
    const named = directories.all.filter((directory) => directory.name === name);
    const isAsked = ({ dnsIpAddresses }: Directory): boolean =>
      dnsIpAddresses.some((address) => addresses.includes(address));
    return named.find(isAsked) ?? named[0];
  };

  const checkDomainController: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const asked = list(parameter(parameters, 'DirectoryDnsIpAddresses'));
    const directory = answering(name, asked);
    const places =
      directory === undefined
        ? []
        : controllerPlaces(directory).filter(({ address }) => asked.includes(address));
    const half = causes.half(forest, name);
    const opens = (address: string, port: number, protocol: 'tcp' | 'udp' = 'tcp'): boolean =>
      places.some(
        (place) => place.address === address && causes.opens(forest, controller, place, { protocol, port }),
      );
    return done({
      domainName: forest.domainName,
      shortName: forest.shortName,
      forestRootDomain: forest.domainName,
      isDomainController: true,
      forestMode: 'Windows2016Forest',
      site: 'Default-First-Site-Name',
      secretsTool: true,
      nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
      usersWithoutPreauthentication: 0,
      half: half === undefined ? null : described(half),
      forwarder: forest.forwarders.get(name) ?? null,
      names: Object.fromEntries(asked.map((address) => [address, opens(address, 53, 'udp')])),
      ports: Object.fromEntries(
        asked.map((address) => [
          address,
          Object.fromEntries(ports.map((port) => [port, opens(address, port)])),
        ]),
      ),
      clockSkewSeconds: asked.some((address) => opens(address, 123, 'udp'))
        ? controller.clockSkewSeconds
        : null,
    });
  };

  const createTrust: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const direction = parameter(parameters, 'Direction');
    if (!isDirection(direction)) throw new TypeError(`The document let ${direction} through as a direction.`);
    const wanted = { direction, type: trustType(parameter(parameters, 'TrustType')) };
    const half = causes.half(forest, name);
    if (half !== undefined && !isEqual(half, wanted)) return halfDiffers(name, half, wanted);
    if (half === undefined && parameter(parameters, 'Action') === 'reset') return halfMissing(name);
    if (half !== undefined && parameter(parameters, 'MayChange') !== 'true')
      return conflict(
        'half-exists',
        `A trust with ${name} exists, and Forestbridge did not make it. Without its password no other half can be made that fits: remove that trust, then redrive the execution.`,
      );
    const secretArn = parameter(parameters, 'SecretArn');
    const secret = password(secretArn);
    if (secret === null)
      return failed(
        'secret-unreadable',
        `The secret ${secretArn} could not be read. Allow this machine's role secretsmanager:GetSecretValue on it, and kms:Decrypt on its key.`,
      );
    const directory = answering(name, forest.forwarders.get(name));
    if (directory === undefined || causes.whyNotContactedFrom(controller, forest, directory) !== null)
      return failed(
        'domain-not-found',
        `The specified domain ${name} does not exist or cannot be contacted (code 1355). Check the forwarder, the routes and the firewalls between this domain controller and the directory.`,
      );
    if (Math.abs(controller.clockSkewSeconds) > greatestSkewSeconds)
      return failed(
        'unexpected',
        'There is a time and/or date difference between the client and server (code 1398). Mend that on the domain controller, then redrive the execution.',
      );
    const selectiveAuthentication =
      direction === 'Inbound' ? false : parameter(parameters, 'SelectiveAuthentication') === 'true';
    const made = {
      ...wanted,
      selectiveAuthentication,
      password: secret,
    };
    forest.halves.set(name, made);
    return done({ half: described(made), changed: true });
  };

  const confirmTrust: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const half = causes.half(forest, name);
    if (half === undefined) return halfMissing(name);
    const wanted = {
      direction: parameter(parameters, 'Direction'),
      type: trustType(parameter(parameters, 'TrustType')),
    };
    if (!isEqual(half, wanted)) return halfDiffers(name, half, wanted);
    if (half.direction === 'Inbound') return done({ half: described(half), verified: null });
    const directory = answering(name, forest.forwarders.get(name));
    const trust = directory?.trusts.find(({ remoteDomainName }) => remoteDomainName === forest.domainName);
    const reached =
      directory !== undefined && causes.whyNotContactedFrom(controller, forest, directory) === null;
    const verified = reached && trust !== undefined && causes.areHalves(half, trust);
    return verified
      ? done({ half: described(half), verified })
      : failed(
          'not-verified',
          `The trust with ${name} could not be verified from here. Check that both halves have the same password and that the directory is reachable, then redrive the execution.`,
        );
  };

  const scripts = new Map<string, Script>([
    ['check-domain-controller', checkDomainController],
    ['forward-dns', forwardDns],
    ['create-trust', createTrust],
    ['confirm-trust', confirmTrust],
  ]);

  return (documentName, controller, parameters): ScriptResult => {
    const script = [...scripts].find(([name]) => documentName.includes(name))?.[1];
    const forest = forests.find(({ domainControllers }) => domainControllers.includes(controller));
    if (script === undefined || forest === undefined) return { output: '', exitCode: 1 };
    const result = script(forest, controller, parameters);
    const exitCode = 'status' in result && result.status === 'failed' ? 1 : 0;
    return { output: `${JSON.stringify(result)}\n`, exitCode };
  };
};
