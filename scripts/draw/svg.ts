import type { Box, Drawing, Inset, Line } from './layout.ts';
import { style } from './style.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const text = (words: string, x: number, y: number, classes = ''): string =>
  words === ''
    ? ''
    : `<text x="${Math.round(x)}" y="${Math.round(y)}"${classes === '' ? '' : ` class="${classes}"`}>${escaped(words)}</text>`;

/** A curve that leaves and enters every point straight down or up. */
const curve = ([first, ...rest]: Line['points']): string => {
  if (first === undefined) return '';
  let from = first;
  let path = `M${Math.round(first.x)} ${Math.round(first.y)}`;
  for (const to of rest) {
    const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map(Math.round);
    path += x1 === x2 ? `V${y2}` : `C${x1} ${y2} ${x2} ${y1} ${x2} ${y2}`;
    from = to;
  }
  return path;
};

const drawnLine = ({ points, caught }: Line): string =>
  `<path class="line${caught ? ' caught' : ''}" d="${curve(points)}" marker-end="url(#${caught ? 'caught' : 'next'})"/>`;

const drawnLabel = ({ label, caught }: Line): string =>
  text(label.text, label.x, label.y + 4, `small label${caught ? ' caught' : ''}`);

const round = 999;
/** The class and the corners of what is drawn as a rectangle. */
const rectangles = {
  Parallel: ['frame', 10],
  Map: ['frame', 10],
  Task: ['task', 6],
  Pass: ['pass', 0],
  Wait: ['wait', round],
  Succeed: ['succeed', round],
  Fail: ['fail', round],
} as const;

const outline = ({ kind, x, y, width, height }: Box): string => {
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2].map(
    Math.round,
  );
  if (kind === 'Start' || kind === 'End')
    return `<circle class="${kind.toLowerCase()}" cx="${Math.round(x)}" cy="${Math.round(y)}" r="5"/>`;
  if (kind === 'Choice') {
    const [inLeft, inRight, middle] = [x - width / 2 + 14, x + width / 2 - 14, y].map(Math.round);
    return `<path class="choice" d="M${left} ${middle}L${inLeft} ${top}H${inRight}L${right} ${middle}L${inRight} ${bottom}H${inLeft}Z"/>`;
  }
  const [name, radius] = rectangles[kind];
  const corners = Math.min(radius, height / 2);
  return `<rect class="${name}" x="${left}" y="${top}" width="${Math.round(width)}" height="${Math.round(height)}" rx="${corners}"/>`;
};

const drawnInset = ({ x, y, drawing }: Inset): string[] => [
  `<g transform="translate(${Math.round(x)} ${Math.round(y)})">`,
  `<rect class="frame" width="${Math.round(drawing.width)}" height="${Math.round(drawing.height)}" rx="6" stroke-dasharray="1 3"/>`,
  ...drawn(drawing),
  '</g>',
];

const drawnBox = (box: Box): string[] => {
  const { x, y, width, height, name, note, branches } = box;
  const [left, top] = [x - width / 2, y - height / 2];
  if (branches.length > 0)
    return [
      outline(box),
      text(name, left + 12, top + 21, 'title'),
      ...branches.flatMap((inset) => drawnInset({ ...inset, x: left + inset.x, y: top + inset.y })),
    ];
  return [outline(box), text(name, x, note === '' ? y + 4 : y - 2), text(note, x, y + 14, 'small')];
};

const drawn = ({ boxes, lines }: Drawing): string[] => [
  ...lines.map(drawnLine),
  ...boxes.flatMap(drawnBox),
  ...lines.map(drawnLabel),
];

const arrowHead = (id: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker>`;

/** The picture of a drawing as one SVG file. */
export const svgOf = (title: string, drawing: Drawing): string => {
  const [width, height] = [drawing.width, drawing.height].map(Math.ceil);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>\n${style}\n</style>`,
    `<defs>${arrowHead('next')}${arrowHead('caught')}</defs>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    ...drawn(drawing).filter((element) => element !== ''),
    '</svg>\n',
  ].join('\n');
};
