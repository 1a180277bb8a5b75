import type { Clock } from './clock.ts';
import type { Directory, Trust, TrustDirection } from './directories.ts';
import type { DomainController, Forest, Half, HalfDirection } from './forest.ts';
import { isPrivate, within } from './network/addresses.ts';
import type { Network, Place } from './network.ts';

/** Beyond five minutes Kerberos refuses a ticket. */
export const greatestSkewSeconds = 300;

const complements: Record<TrustDirection, HalfDirection> = {
  'One-Way: Outgoing': 'Inbound',
  'One-Way: Incoming': 'Outbound',
  'Two-Way': 'Bidirectional',
};

/** What AWS says of a trust, by the cause (the families of "Trust creation status reasons"). */
export const notContacted = 'The specified domain name does not exist or could not be contacted. Name: ';
const accessDenied = 'Access is denied.';
export const notPerformed = 'The operation could not be performed on this domain.';

export const controllerPlaces = (directory: Directory): readonly Place[] =>
  directory.dnsIpAddresses.map((address, index) => ({
    address,
    subnetId: directory.subnetIds[index] ?? null,
    securityGroupIds: [directory.securityGroupId],
  }));

/** A domain controller stands wherever it has an address. */
const placesOf = (controller: DomainController): readonly Place[] => {
  const { address, otherAddresses = [], subnetId, securityGroupIds } = controller;
  return [address, ...otherAddresses].map((address) => ({ address, subnetId, securityGroupIds }));
};

type Port = { readonly protocol: 'tcp' | 'udp'; readonly port: number };

const dns: readonly Port[] = [
  { protocol: 'udp', port: 53 },
  { protocol: 'tcp', port: 53 },
];
/** What verification and the creation of a half go through: LDAP to find the controller, SMB to speak to it. */
const discovery: readonly Port[] = [
  { protocol: 'udp', port: 389 },
  { protocol: 'tcp', port: 389 },
  { protocol: 'tcp', port: 445 },
  { protocol: 'tcp', port: 135 },
  { protocol: 'tcp', port: 49_152 },
];

/** Whether the directory knows the way: to addresses outside RFC 1918 only by an IP route. */
const isRouted = ({ ipRoutes }: Directory, address: string): boolean =>
  isPrivate(address) || ipRoutes.some(({ cidr, status }) => status === 'Added' && within(address, cidr));

/** Nothing where one of them serves, else why the first one does not. */
const unlessOne = (reasons: readonly (string | null)[], none: string): string | null =>
  reasons.includes(null) ? null : (reasons[0] ?? none);

/** The causes behind a trust: what it needs is looked up in the world at the moment it is needed. */
export class Causes {
  /** What was made and has no effect for the time being, by the names of the breaks. */
  readonly broken = new Set<string>();
  readonly #network: Network;
  readonly #forests: readonly Forest[];
  readonly #clock: Clock;

  constructor(network: Network, forests: readonly Forest[], clock: Clock) {
    this.#network = network;
    this.#forests = forests;
    this.#clock = clock;
  }

  /** The company's half of the trust with that directory, where it has any effect. */
  half(forest: Forest, directoryName: string): Half | undefined {
    return this.broken.has('half-on-premises') ? undefined : forest.halves.get(directoryName);
  }

  forest(domainName: string): Forest | undefined {
    return this.#forests.find((forest) => forest.domainName === domainName);
  }

  /** Why the directory cannot find and reach the company's domain controllers, or null. */
  whyNotContacted(directory: Directory, domainName: string): string | null {
    const forest = this.forest(domainName);
    if (forest === undefined) return `there is no domain ${domainName}`;
    const asked = this.#askedServers(directory, domainName);
    if (asked.length === 0) return `the directory has no conditional forwarder for ${domainName}`;
    const servers = forest.dnsIpAddresses.filter((address) => asked.includes(address));
    return (
      unlessOne(
        servers.map((server) => this.#whyNoAnswer(directory, forest, server)),
        `${asked.join(', ')} are no DNS servers of ${domainName}`,
      ) ?? this.#whyNoController(directory, forest)
    );
  }

  /** Why the company's domain controllers cannot find and reach the directory, or null. */
  whyNotContactedFrom(controller: DomainController, forest: Forest, directory: Directory): string | null {
    const forwards = !this.broken.has('forwarder-on-premises');
    const servers = (forwards ? forest.forwarders.get(directory.name) : undefined) ?? [];
    if (servers.length === 0) return `there is no conditional forwarder for ${directory.name}`;
    const places = controllerPlaces(directory).filter(({ address }) => servers.includes(address));
    if (places.length === 0) return `${servers.join(', ')} are no DNS servers of ${directory.name}`;
    const ports = [...dns, ...discovery];
    const closed = placesOf(controller).map((from) => this.#whyClosed(forest, [from], places, ports));
    return unlessOne(closed, 'it has no address');
  }

  /** Whether the company's host reaches the directory's controller at one port. */
  opens(forest: Forest, controller: DomainController, controllerPlace: Place, port: Port): boolean {
    return placesOf(controller).some((from) => this.#between(forest, from, controllerPlace, port) === null);
  }

  /** AWS's reason why the trust cannot be verified, or null where it can. */
  whyNotVerified(directory: Directory, trust: Trust): string | null {
    const forest = this.forest(trust.remoteDomainName);
    if (forest === undefined || this.whyNotContacted(directory, trust.remoteDomainName) !== null)
      return notContacted + trust.remoteDomainName;
    const back = forest.domainControllers.some(
      (controller) => controller.up && this.whyNotContactedFrom(controller, forest, directory) === null,
    );
    if (!back) return notContacted + trust.remoteDomainName;
    const half = this.half(forest, directory.name);
    return half !== undefined && this.areHalves(half, trust) ? null : accessDenied;
  }

  /** Whether they are two halves of one trust. */
  areHalves(half: Half, trust: Trust): boolean {
    return (
      !this.broken.has('trust-password') &&
      half.type === trust.type &&
      half.password === trust.password &&
      half.direction === complements[trust.direction]
    );
  }

  #askedServers(directory: Directory, domainName: string): readonly string[] {
    const forwarder = directory.forwarders.get(domainName);
    if (forwarder === undefined || this.broken.has('forwarder-in-aws')) return [];
    const { cached, addresses } = forwarder;
    return cached !== null && cached.until > this.#clock.now() ? cached.addresses : addresses;
  }

  #whyNoAnswer(directory: Directory, forest: Forest, server: string): string | null {
    if (!isRouted(directory, server)) return `the directory has no IP route to ${server}`;
    const place = { address: server, subnetId: null, securityGroupIds: [] };
    return this.#whyClosed(forest, controllerPlaces(directory), [place], dns);
  }

  #whyNoController(directory: Directory, forest: Forest): string | null {
    const reasons = forest.domainControllers.flatMap((controller) =>
      placesOf(controller).map((place) => {
        if (!controller.up) return `the domain controller ${place.address} does not answer`;
        if (!isRouted(directory, place.address)) return `the directory has no IP route to ${place.address}`;
        return this.#whyClosed(forest, controllerPlaces(directory), [place], discovery);
      }),
    );
    return unlessOne(reasons, 'there is no domain controller');
  }

  #whyClosed(
    forest: Forest,
    froms: readonly Place[],
    tos: readonly Place[],
    ports: readonly Port[],
  ): string | null {
    for (const from of froms)
      for (const to of tos)
        for (const port of ports) {
          const closed = this.#between(forest, from, to, port);
          if (closed !== null) return closed;
        }
    return null;
  }

  #between(forest: Forest, from: Place, to: Place, port: Port): string | null {
    if (forest.closedPorts.has(port.port))
      return `the company's firewall closes ${port.protocol} ${port.port}`;
    const reached = this.#network.reaches(from, to, port);
    return reached === true ? null : reached;
  }
}
