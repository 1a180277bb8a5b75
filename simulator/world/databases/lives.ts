import type { Setting } from '../setting.ts';
import type { DatabaseEvent, Instance } from './records.ts';

/** What befalls instances as time goes by, and what RDS tells of it. */
export class Lives {
  readonly events: DatabaseEvent[] = [];
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Runs an event of an instance's life that many milliseconds later, unless the instance is going away by then. */
  later(instance: Instance, milliseconds: number, event: () => void): void {
    const { clock } = this.#setting;
    clock.at(clock.now() + milliseconds, () => {
      if (instance.status !== 'deleting') event();
    });
  }

  tell({ identifier }: Instance, category: DatabaseEvent['category'], message: string): void {
    this.events.push({ identifier, at: this.#setting.clock.now(), category, message });
  }
}
