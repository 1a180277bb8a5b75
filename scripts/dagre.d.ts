// The package's own types import without file endings, which TypeScript does not find under nodenext.
declare module '@dagrejs/dagre' {
  export interface Point {
    readonly x: number;
    readonly y: number;
  }

  export interface Size {
    readonly width: number;
    readonly height: number;
  }

  export interface Spacing {
    readonly nodesep: number;
    readonly edgesep: number;
    readonly ranksep: number;
    readonly marginx: number;
    readonly marginy: number;
  }

  export class Graph {
    constructor(options: { readonly multigraph: boolean });
    setGraph(spacing: Spacing): void;
    graph(): Size;
    setNode(id: string, size: Size): void;
    node(id: string): Point & Size;
    setEdge(from: string, to: string, label: Size & { readonly labelpos: 'c' }, name: string): void;
    edge(from: string, to: string, name: string): Partial<Point> & { readonly points: readonly Point[] };
  }

  /** Writes places into the labels of the graph. */
  export function layout(graph: Graph): void;
}
