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
  readonly password: (secretArn: string) => string;
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

/** What the documents' scripts do on a domain controller, computed on the world instead of run. */
export const modelScripts = ({ forests, directories, causes, password }: Surroundings): RunScript => {
  const named = (name: string): Directory | undefined =>
    directories.all.find((directory) => directory.name === name);

  const checkDomainController: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const asked = list(parameter(parameters, 'DirectoryDnsIpAddresses'));
    const directory = named(name);
    const places =
      directory === undefined
        ? []
        : controllerPlaces(directory).filter(({ address }) => asked.includes(address));
    const half = forest.halves.get(name);
    const opens = (address: string, port: number): boolean =>
      places.some(
        (place) =>
          place.address === address && causes.opens(forest, controller, place, { protocol: 'tcp', port }),
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
      names: Object.fromEntries(asked.map((address) => [address, opens(address, 53)])),
      ports: Object.fromEntries(
        asked.map((address) => [
          address,
          Object.fromEntries(ports.map((port) => [port, opens(address, port)])),
        ]),
      ),
      clockSkewSeconds: asked.length === 0 ? null : controller.clockSkewSeconds,
    });
  };

  const forwardDns: Script = (forest, _controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const wanted = list(parameter(parameters, 'DirectoryDnsIpAddresses'));
    const before = forest.forwarders.get(name);
    const equal = before?.toSorted().join() === wanted.toSorted().join();
    if (before !== undefined && !equal && parameter(parameters, 'MayChange') !== 'true')
      return conflict(
        'ForwarderDiffers',
        `The conditional forwarder for ${name} points at ${before.join(', ')}.`,
      );
    if (!equal) forest.forwarders.set(name, wanted);
    return done({ forwarder: wanted, changed: !equal });
  };

  const createTrust: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const direction = parameter(parameters, 'Direction');
    const directory = named(name);
    const why =
      directory === undefined
        ? `there is no domain ${name}`
        : causes.whyNotContactedFrom(controller, forest, directory);
    if (why !== null)
      return failed(
        'DirectoryNotContacted',
        `The domain ${name} does not exist or could not be contacted (1355).`,
      );
    if (controller.clockSkewSeconds > greatestSkewSeconds)
      return failed(
        'ClockSkew',
        `The clock differs from the directory's by ${controller.clockSkewSeconds} s.`,
      );
    if (!isDirection(direction)) return failed('BadParameter', `${direction} is no direction.`);
    const wanted = { direction, type: trustType(parameter(parameters, 'TrustType')) };
    const half = forest.halves.get(name);
    if (half !== undefined && (half.direction !== direction || half.type !== wanted.type))
      return conflict('TrustDiffers', `A trust with ${name} exists: ${half.type}, ${half.direction}.`);
    const selectiveAuthentication =
      direction === 'Inbound' ? false : parameter(parameters, 'SelectiveAuthentication') === 'true';
    const made = {
      ...wanted,
      selectiveAuthentication,
      password: password(parameter(parameters, 'SecretArn')),
    };
    forest.halves.set(name, made);
    return done({ half: described(made), changed: true });
  };

  const confirmTrust: Script = (forest, controller, parameters) => {
    const name = parameter(parameters, 'DirectoryName');
    const half = forest.halves.get(name);
    if (half === undefined) return failed('NoTrust', `There is no trust with ${name}.`);
    if (half.direction !== parameter(parameters, 'Direction'))
      return conflict('TrustDiffers', `The trust with ${name} is ${half.direction}.`);
    if (half.direction === 'Inbound') return done({ half: described(half), verified: null });
    const directory = named(name);
    const trust = directory?.trusts.find(({ remoteDomainName }) => remoteDomainName === forest.domainName);
    const reached =
      directory !== undefined && causes.whyNotContactedFrom(controller, forest, directory) === null;
    const verified = reached && trust?.password === half.password && trust.type === half.type;
    return verified
      ? done({ half: described(half), verified })
      : failed('NotVerified', `The trust with ${name} could not be verified from here.`);
  };

  const scripts = new Map<string, Script>([
    ['check-domain-controller', checkDomainController],
    ['forward-dns', forwardDns],
    ['create-trust', createTrust],
    ['confirm-trust', confirmTrust],
  ]);

  return (documentName, controller, parameters): ScriptResult => {
    const script = [...scripts].find(([name]) => documentName.endsWith(name))?.[1];
    const forest = forests.find(({ domainControllers }) => domainControllers.includes(controller));
    if (script === undefined || forest === undefined) return { output: '', exitCode: 1 };
    const result = script(forest, controller, parameters);
    const exitCode = 'status' in result && result.status === 'failed' ? 1 : 0;
    return { output: `${JSON.stringify(result)}\n`, exitCode };
  };
};
