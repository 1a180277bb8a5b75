import { Graph, layout, type Point, type Size } from '@dagrejs/dagre';
import type { Block, State } from '../../simulator/states/definition/schema.ts';
import { type Arrow, arrowsFrom } from './arrows.ts';
import { onwardIn } from './onward.ts';
import { noteOf } from './words.ts';

type Kind = State['Type'] | 'Start' | 'End';

/** A drawing inside another one; its place is that of its upper left corner. */
export interface Inset extends Point {
  readonly drawing: Drawing;
}

/** What is drawn of a state; the place that it gets is that of its middle. */
interface Shape extends Size {
  readonly kind: Kind;
  readonly name: string;
  readonly note: string;
  readonly branches: readonly Inset[];
}

export type Box = Shape & Point;

export interface Line {
  readonly points: readonly Point[];
  readonly caught: boolean;
  /** What stands on the line, and where it has its middle. */
  readonly label: Point & { readonly text: string };
}

export interface Drawing extends Size {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

const spacing = { nodesep: 24, edgesep: 16, ranksep: 28, marginx: 12, marginy: 12 };
const padding = 12;
const titleHeight = 32;
const dot: Shape = { kind: 'Start', name: '', note: '', width: 12, height: 12, branches: [] };

const nameWidth = (name: string): number => Math.ceil(name.length * 7.2);
const labelSize = (label: string): Size =>
  label === '' ? { width: 0, height: 0 } : { width: Math.ceil(label.length * 6.2) + 8, height: 16 };

const plainShape = (name: string, state: State): Shape => {
  const note = noteOf(state);
  return {
    kind: state.Type,
    name,
    note,
    width: Math.max(110, nameWidth(name) + 36),
    height: note === '' ? 32 : 44,
    branches: [],
  };
};

const groupShape = (name: string, kind: Kind, blocks: readonly Block[]): Shape => {
  const branches: Inset[] = [];
  let x = padding;
  for (const drawing of blocks.map(layOut)) {
    branches.push({ x, y: titleHeight, drawing });
    x += drawing.width + padding;
  }
  const height = titleHeight + Math.max(...branches.map(({ drawing }) => drawing.height)) + padding;
  return { kind, name, note: '', width: Math.max(x, nameWidth(name) + 2 * padding), height, branches };
};

const shapeOf = (name: string, state: State): Shape => {
  if (state.Type === 'Parallel') return groupShape(name, state.Type, state.Branches);
  if (state.Type === 'Map') return groupShape(name, state.Type, [state.ItemProcessor]);
  return plainShape(name, state);
};

const startId = 'start';
const endId = 'end';
const idOf = (name: string | null): string => (name === null ? endId : `state ${name}`);

/** Where a line meets a box: on its upper or lower side, as near as can be to where the line goes. */
const port = (box: Box, towards: Point): Point => {
  const reach = Math.max(0, box.width / 2 - 24);
  const x = Math.min(Math.max(towards.x, box.x - reach), box.x + reach);
  return { x, y: towards.y < box.y ? box.y - box.height / 2 : box.y + box.height / 2 };
};

const lineBetween = (from: Box, to: Box, via: readonly Point[]): readonly Point[] => [
  port(from, via.at(0) ?? to),
  ...via,
  port(to, via.at(-1) ?? from),
];

/** Lays out one graph of states; those inside a Parallel or Map are laid out first, each by itself. */
export const layOut = (block: Block): Drawing => {
  const { StartAt, States } = block;
  const states = Object.entries(States);
  const shapes = new Map<string, Shape>([
    [startId, dot],
    ...states.map(([name, state]) => [idOf(name), shapeOf(name, state)] as const),
    [endId, { ...dot, kind: 'End' }],
  ]);
  const start: Arrow = { to: StartAt, label: '', caught: false };
  const leadsTo = onwardIn(block);
  const arrows = [
    { from: startId, arrow: start, isBack: false },
    ...states.flatMap(([name, state]) =>
      arrowsFrom(state).map((arrow) => ({
        from: idOf(name),
        arrow,
        isBack: arrow.caught && leadsTo(arrow.to, name),
      })),
    ),
  ].map(({ from, arrow, isBack }, index) => ({
    from,
    arrow,
    isBack,
    to: idOf(arrow.to),
    key: String(index),
  }));

  const graph = new Graph({ multigraph: true });
  graph.setGraph(spacing);
  for (const [id, { width, height }] of shapes) graph.setNode(id, { width, height });
  for (const { from, to, key, arrow, isBack } of arrows) {
    // What an error leads back to stands above: the graph has the line upside down.
    const [tail, head] = isBack ? [to, from] : [from, to];
    graph.setEdge(tail, head, { ...labelSize(arrow.label), labelpos: 'c' }, key);
  }
  layout(graph);

  const placed = (id: string): Box => {
    const { x, y } = graph.node(id);
    return { ...(shapes.get(id) ?? dot), x, y };
  };
  const lines = arrows.map(({ from, to, key, arrow, isBack }) => {
    const { points, x = 0, y = 0 } = isBack ? graph.edge(to, from, key) : graph.edge(from, to, key);
    const via = points.slice(1, -1);
    return {
      points: lineBetween(placed(from), placed(to), isBack ? via.toReversed() : via),
      caught: arrow.caught,
      label: { text: arrow.label, x, y },
    };
  });
  const { width, height } = graph.graph();
  return { width, height, boxes: [...shapes.keys()].map(placed), lines };
};
