import type { Setting } from './setting.ts';
import { uuid } from './uuid.ts';

export interface Message {
  readonly id: string;
  readonly at: number;
  readonly subject: string | null;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  /** Everything that was published, oldest first. */
  readonly messages: Message[];
}

/** The SNS topics of one account. */
export class Topics {
  readonly #setting: Setting;
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
    const topic = this.find(arn) ?? { name, arn, tags: new Map(), messages: [] };
    this.#topics.set(arn, topic);
    return topic;
  }

  publish(topic: Topic, message: Pick<Message, 'subject' | 'body' | 'attributes'>): Message {
    const { clock, random } = this.#setting;
    const published = { ...message, id: uuid(random), at: clock.now() };
    topic.messages.push(published);
    return published;
  }
}
