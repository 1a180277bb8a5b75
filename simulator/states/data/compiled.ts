import jsonata from 'jsonata';

const known = new Map<string, jsonata.Expression>();

/** A JSONata expression, compiled once: checking a definition and running it need the same. Throws JSONata's own error. */
export const compiled = (source: string): jsonata.Expression => {
  const before = known.get(source);
  if (before !== undefined) return before;
  const expression = jsonata(source, { stack: 100, timeout: 5000 });
  known.set(source, expression);
  return expression;
};
