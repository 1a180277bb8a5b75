import type { Setting } from './setting.ts';
import { uuid } from './uuid.ts';

export interface Message {
  readonly id: string;
  readonly at: number;
  readonly subject: string | null;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Who is told of what is published. */
export interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** A message as it reached somebody. */
export interface Delivery {
  readonly to: Subscription;
  readonly message: Message;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  /** Everything that was published, oldest first. */
  readonly messages: Message[];
  readonly subscriptions: Subscription[];
}

/** The SNS topics of one account. */
export class Topics {
  /** Everything that reached somebody, oldest first. */
  readonly deliveries: Delivery[] = [];
  readonly #setting: Setting;
  #listener: (delivery: Delivery) => void = () => {};
  readonly #topics = new Map<string, Topic>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get all(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  find(arn: string): Topic | undefined {
    return this.#topics.get(arn);
  }

  /** The topic of that name, made where it is missing. */
  create(name: string): Topic {
    const { region, accountId } = this.#setting;
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    const topic = this.find(arn) ?? { name, arn, tags: new Map(), messages: [], subscriptions: [] };
    this.#topics.set(arn, topic);
    return topic;
  }

  /** From now on the listener hears of every delivery. */
  listen(listener: (delivery: Delivery) => void): void {
    this.#listener = listener;
  }

  /** From now on they are told; whoever owns an e-mail address has confirmed it. */
  subscribe(topic: Topic, protocol: string, endpoint: string): Subscription {
    const same = topic.subscriptions.find((one) => one.protocol === protocol && one.endpoint === endpoint);
    if (same !== undefined) return same;
    const number = String(topic.subscriptions.length + 1).padStart(12, '0');
    const subscription = { arn: `${topic.arn}:00000000-0000-4000-8000-${number}`, protocol, endpoint };
    topic.subscriptions.push(subscription);
    return subscription;
  }

  publish(topic: Topic, message: Pick<Message, 'subject' | 'body' | 'attributes'>): Message {
    const { clock, random } = this.#setting;
    const published = { ...message, id: uuid(random), at: clock.now() };
    topic.messages.push(published);
    for (const to of topic.subscriptions) {
      const delivery = { to, message: published };
      this.deliveries.push(delivery);
      this.#listener(delivery);
    }
    return published;
  }
}
