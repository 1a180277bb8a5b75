interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly frame: string;
  readonly error: string;
  /** Fill and outline of each kind of state. */
  readonly states: Readonly<Record<string, readonly [string, string]>>;
}

const light: Colours = {
  paper: '#ffffff',
  ink: '#1f2328',
  quiet: '#59636e',
  frame: '#afb8c1',
  error: '#bc4c00',
  states: {
    task: ['#ddf4ff', '#0969da'],
    choice: ['#fff8c5', '#9a6700'],
    wait: ['#fbefff', '#8250df'],
    pass: ['#f6f8fa', '#818b98'],
    succeed: ['#dafbe1', '#1a7f37'],
    fail: ['#ffebe9', '#cf222e'],
  },
};

const dark: Colours = {
  paper: '#0d1117',
  ink: '#f0f6fc',
  quiet: '#9198a1',
  frame: '#4d555f',
  error: '#f0883e',
  states: {
    task: ['#0c2d56', '#4493f8'],
    choice: ['#3b2a05', '#d29922'],
    wait: ['#2f1d52', '#ab7df8'],
    pass: ['#21262d', '#7d8590'],
    succeed: ['#0f2e18', '#3fb950'],
    fail: ['#3c1414', '#f85149'],
  },
};

const coloured = ({ paper, ink, quiet, frame, error, states }: Colours): string =>
  [
    `.paper,.end{fill:${paper}}.start{fill:${quiet}}.end{stroke:${quiet}}.frame{stroke:${frame}}`,
    `text{fill:${ink}}.small{fill:${quiet}}.label{stroke:${paper}}.label.caught{fill:${error}}`,
    `.line{stroke:${quiet}}.line.caught{stroke:${error}}#next{fill:${quiet}}#caught{fill:${error}}`,
    ...Object.entries(states).map(([kind, [fill, outline]]) => `.${kind}{fill:${fill};stroke:${outline}}`),
  ].join('\n');

/** The style sheet of a picture; it follows the reader's choice of a light or dark page. */
export const style = `text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-anchor:middle}
.title{font-weight:600;text-anchor:start}.small{font-size:11px}
.label{stroke-width:5px;stroke-linejoin:round;paint-order:stroke}
.line,.frame{fill:none;stroke-width:1.3px}.line.caught{stroke-dasharray:5 4}.end{stroke-width:4px}
${coloured(light)}
@media (prefers-color-scheme:dark){
${coloured(dark)}
}`;
