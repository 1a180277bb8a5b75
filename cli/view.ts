import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { Timeline } from './timeline.ts';
import { type Screen, visitLine } from './words.ts';

const eraseLine = '\r\u001B[2K';
const up = '\u001B[1A';

/** The live view of one execution: a line for each step that ended, and on a terminal those under way below. */
export class View {
  readonly timeline = new Timeline();
  readonly #screen: Screen;
  #drawn = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  show(events: readonly HistoryEvent[], now: number): void {
    const ended = this.timeline.read(events);
    const startedAt = this.timeline.startedAt ?? now;
    this.#erase();
    for (const visit of ended) this.#screen.write(`${visitLine(visit, startedAt, now, this.#screen)}\n`);
    if (!this.#screen.isTerminal) return;
    for (const visit of this.timeline.running) {
      const line = visitLine(visit, startedAt, now, this.#screen);
      this.#screen.write(`${line}\n`);
      this.#drawn += 1;
    }
  }

  #erase(): void {
    if (this.#drawn > 0) this.#screen.write(`${`${up}${eraseLine}`.repeat(this.#drawn)}`);
    this.#drawn = 0;
  }
}
