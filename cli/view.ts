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
    // An account whose clock is ahead of this one's has its own time.
    const there = Math.max(now, this.timeline.lastAt);
    const under = this.#screen.isTerminal ? this.timeline.running : [];
    const lines = [...ended, ...under].map(
      (visit) => `${visitLine(visit, startedAt, there, this.#screen)}\n`,
    );
    const erased = `${up}${eraseLine}`.repeat(this.#drawn);
    this.#drawn = under.length;
    const text = erased + lines.join('');
    if (text !== '') this.#screen.write(text);
  }
}
