import type { Setting } from '../setting.ts';

interface Place {
  readonly signature: string;
  readonly receive: (text: string) => void;
  failures: number;
}

/** The signed URLs at which CloudFormation takes answers; who has one may put something there, and nobody else. */
export class SignedUrls {
  /** How often S3 is too busy to take what is put at a URL, for each that is made from now on. */
  failures = 0;
  readonly #setting: Setting;
  readonly #places = new Map<string, Place>();
  #base: () => Promise<string> = () => Promise.reject(new Error('Nobody answers at signed URLs.'));

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Says where they are answered. */
  answeredAt(base: () => Promise<string>): void {
    this.#base = base;
  }

  /** A new URL; what is put there is handed to `receive`. */
  async open(path: string, receive: (text: string) => void): Promise<string> {
    const signature = this.#setting.random.hex(40);
    const key = `/${encodeURIComponent(path)}`;
    const base = await this.#base();
    this.#places.set(key, { signature, receive, failures: this.failures });
    return `${base}${key}?AWSAccessKeyId=ASIACLOUDFORMATION00&Signature=${signature}`;
  }

  /** Puts a text at a URL's path; what is signed otherwise is refused. */
  put(key: string, signature: string | null, text: string): 'taken' | 'refused' | 'busy' {
    const place = this.#places.get(key);
    if (place === undefined || place.signature !== signature) return 'refused';
    if (place.failures > 0) {
      place.failures -= 1;
      return 'busy';
    }
    place.receive(text);
    return 'taken';
  }
}
