const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The labels of a path that fits a template like `/functions/{FunctionName}/invocations`, else `undefined`. */
export const labelsOf = (template: string, path: string): ReadonlyMap<string, string> | undefined => {
  const parts = template.split('?', 1).join().split('/');
  const given = path.split('/');
  if (parts.length !== given.length) return undefined;
  const labels = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const value = decoded(given[index] ?? '');
    const label = /^\{(\w+)\}$/.exec(part)?.[1];
    if (value === undefined || (label === undefined && part !== value)) return undefined;
    if (label !== undefined) labels.set(label, value);
  }
  return labels;
};
