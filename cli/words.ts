import { styleText } from 'node:util';
import type { Visit } from './timeline.ts';

type Style = Parameters<typeof styleText>[0];

/** Where lines go, and whether it is a terminal that can be redrawn and coloured. */
export interface Screen {
  readonly isTerminal: boolean;
  readonly width: number;
  readonly write: (text: string) => void;
}

export const styled = (screen: Screen, style: Style, text: string): string =>
  screen.isTerminal ? styleText(style, text) : text;

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds as h:mm:ss. */
const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
};

/** Seconds as a person says them. */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
};

const marks = { running: '…', done: '✓', 'handed on': '→', failed: '✗', 'called off': '■' };
const colours = {
  running: 'yellow',
  done: 'green',
  'handed on': 'yellow',
  failed: 'red',
  'called off': 'dim',
} as const;

const polled = (calls: number): string => (calls === 2 ? 'polled once' : `polled ${calls - 1} times`);

/** One line for one visit: when it ended, how it ended, its name, how long it took and how often it polled. */
export const visitLine = (visit: Visit, startedAt: number, now: number, screen: Screen): string => {
  const end = visit.leftAt ?? Math.max(now, visit.enteredAt);
  const seconds = (end - visit.enteredAt) / 1000;
  const indent = '  '.repeat(visit.branch.length) + (visit.branch === '' ? '' : `${visit.branch.at(-1)} `);
  const remarks = [
    ...(visit.calls > 1 ? [polled(visit.calls)] : []),
    ...(visit.ending === 'failed' || visit.ending === 'called off' ? [visit.ending] : []),
  ].join(', ');
  const at = `+${clock((end - startedAt) / 1000)}`;
  const took = seconds >= 0.5 ? duration(seconds) : '';
  const room = screen.width - at.length - 4;
  const text = `${(indent + visit.name).padEnd(Math.min(42, room - 36))} ${took.padStart(12)}  ${remarks}`;
  const mark = styled(screen, colours[visit.ending], marks[visit.ending]);
  // A line that the terminal would break could not be drawn over.
  return `${styled(screen, 'dim', at)}  ${mark} ${text.slice(0, room).trimEnd()}`;
};

/** Breaks a text into lines of at most that width; its own lines stay, and points of a list are indented. */
export const wrapped = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');

const wrapLine = (line: string, width: number): string => {
  const [first = '', ...words] = line.split(' ');
  const indent = first === '-' ? '  ' : '';
  const lines: string[] = [];
  let last = first;
  for (const word of words)
    if (last.length + 1 + word.length <= width) last += ` ${word}`;
    else {
      lines.push(last);
      last = indent + word;
    }
  return [...lines, last].join('\n');
};
