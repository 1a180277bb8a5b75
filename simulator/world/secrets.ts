import { digits, drawnText, lowerCase, upperCase } from './passwords.ts';
import type { Setting } from './setting.ts';
import { uuid } from './uuid.ts';

export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  readonly at: number;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | null;
  readonly kmsKeyId: string | null;
  /** The AWS service that keeps the secret, or null where it is the customer's own. */
  readonly owningService: string | null;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  /** Oldest first: the last one is AWSCURRENT, the one before it AWSPREVIOUS. */
  versions: readonly SecretVersion[];
  /** When it was marked deleted and when it will be gone, or null. */
  deletion: { readonly markedAt: number; readonly goneAt: number } | null;
}

export type NewSecret = Pick<Secret, 'name'> &
  Partial<Pick<Secret, 'description' | 'kmsKeyId' | 'owningService' | 'tags'>>;

const day = 86_400_000;

/** The secrets of one account. */
export class Secrets {
  readonly #setting: Setting;
  readonly #secrets = new Map<string, Secret>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get all(): readonly Secret[] {
    return [...this.#secrets.values()];
  }

  /** By name, by ARN, or by an ARN without its random suffix. */
  find(id: string): Secret | undefined {
    return this.all.find(({ name, arn }) => id === name || id === arn || id === arn.slice(0, -7));
  }

  create(wanted: NewSecret, value: string): Secret {
    const { accountId, region, random } = this.#setting;
    const suffix = drawnText(random, upperCase + lowerCase + digits, 6);
    return this.#add(
      wanted,
      `arn:aws:secretsmanager:${region}:${accountId}:secret:${wanted.name}-${suffix}`,
      value,
    );
  }

  /** A secret that the customer has had for long. */
  place(arn: string, value: string): Secret {
    return this.#add({ name: arn.replace(/^.*:secret:/, '').slice(0, -7) }, arn, value);
  }

  #add({ name, description, kmsKeyId, owningService, tags }: NewSecret, arn: string, value: string): Secret {
    const secret: Secret = {
      name,
      arn,
      description: description ?? null,
      kmsKeyId: kmsKeyId ?? null,
      owningService: owningService ?? null,
      createdAt: this.#setting.clock.now(),
      tags: new Map(tags),
      versions: [],
      deletion: null,
    };
    this.#secrets.set(name, secret);
    this.put(secret, value);
    return secret;
  }

  put(secret: Secret, value: string, id = uuid(this.#setting.random)): SecretVersion {
    const version = { id, value, at: this.#setting.clock.now() };
    secret.versions = [...secret.versions, version];
    return version;
  }

  /** Marks the secret deleted; it is gone once the recovery window is over. */
  scheduleDeletion(secret: Secret, days: number): void {
    const { clock } = this.#setting;
    const deletion = { markedAt: clock.now(), goneAt: clock.now() + days * day };
    secret.deletion = deletion;
    clock.at(deletion.goneAt, () => {
      if (secret.deletion === deletion) this.remove(secret);
    });
  }

  remove(secret: Secret): void {
    this.#secrets.delete(secret.name);
  }
}
