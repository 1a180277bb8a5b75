/** One combination of engine, version, class and storage that RDS offers. */
export interface Offer {
  readonly engine: string;
  readonly engineVersion: string;
  readonly instanceClass: string;
  readonly storageType: string;
  readonly multiAzCapable: boolean;
  readonly leastStorage: number;
}

/** Oldest first; the last one is the default. */
const versions = ['15.00.4455.2.v1', '16.00.4215.2.v1', '16.00.4245.2.v1'];
const families = ['db.m5', 'db.m6i', 'db.m7i', 'db.r5', 'db.r6i', 'db.r7i'];
const storageTypes = ['gp2', 'gp3', 'io1', 'io2'];

const editions = [
  {
    engine: 'sqlserver-ee',
    small: [],
    sizes: ['xlarge', '2xlarge', '4xlarge', '8xlarge'],
    multiAzCapable: true,
  },
  {
    engine: 'sqlserver-se',
    small: ['db.t3.xlarge', 'db.t3.2xlarge'],
    sizes: ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'],
    multiAzCapable: true,
  },
  {
    engine: 'sqlserver-web',
    small: ['db.t3.small', 'db.t3.medium', 'db.t3.large', 'db.t3.xlarge'],
    sizes: ['large', 'xlarge', '2xlarge', '4xlarge'],
    multiAzCapable: false,
  },
  {
    engine: 'sqlserver-ex',
    small: ['db.t3.micro', 'db.t3.small', 'db.t3.medium', 'db.t3.large', 'db.t3.xlarge'],
    sizes: [],
    multiAzCapable: false,
  },
] as const;

/** What RDS offers of SQL Server: fewer classes than in truth, the same rules. */
const usual: readonly Offer[] = editions.flatMap(({ engine, small, sizes, multiAzCapable }) => {
  const classes = [...small, ...families.flatMap((family) => sizes.map((size) => `${family}.${size}`))];
  return versions.flatMap((engineVersion) =>
    classes.flatMap((instanceClass) =>
      storageTypes.map((storageType) => ({
        engine,
        engineVersion,
        instanceClass,
        storageType,
        multiAzCapable,
        leastStorage: storageType.startsWith('io') ? 100 : 20,
      })),
    ),
  );
});

type Wanted = Pick<Offer, 'engine' | 'instanceClass' | 'storageType'> & {
  readonly engineVersion: string | null;
  readonly multiAz: boolean;
};

/** What RDS offers in one world. */
export class Offers {
  #all: readonly Offer[] = usual;

  get all(): readonly Offer[] {
    return this.#all;
  }

  /** Offers one combination more, or one that there is in two zones too, unless it is offered so already. */
  add({ engine, instanceClass, storageType, engineVersion, multiAz }: Wanted): void {
    const version = engineVersion ?? this.versionsOf(engine)[0] ?? '';
    const isSame = (offer: Offer): boolean =>
      offer.engine === engine &&
      offer.instanceClass === instanceClass &&
      offer.storageType === storageType &&
      offer.engineVersion === version;
    const present = this.#all.find(isSame);
    if (present !== undefined && (present.multiAzCapable || !multiAz)) return;
    const offer = {
      engine,
      instanceClass,
      storageType,
      engineVersion: version,
      multiAzCapable: multiAz,
      leastStorage: storageType.startsWith('io') ? 100 : 20,
    };
    this.#all = [...this.#all.filter((each) => each !== present), offer];
  }

  /** The versions of an engine, newest first: all, or those that begin like this. */
  versionsOf(engine: string, start = ''): readonly string[] {
    const versions = this.#all.filter((offer) => offer.engine === engine).map((offer) => offer.engineVersion);
    return [...new Set(versions)]
      .filter((version) => version.startsWith(start))
      .toSorted()
      .toReversed();
  }
}
