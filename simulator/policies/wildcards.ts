const expression = (pattern: string): RegExp => {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
};

/** Whether a text is of that pattern, in which * stands for any characters and ? for one. */
export const matchesText = (pattern: string, text: string): boolean =>
  pattern === text || (/[*?]/.test(pattern) && expression(pattern).test(text));

/** Letters' case does not matter in actions. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesText(pattern.toLowerCase(), action.toLowerCase());

/** The six parts of an ARN; the last one may have colons of its own. */
const partsOf = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

export const isArnPattern = (text: string): boolean => /^arn(:[^:]*){4}:./s.test(text);

/** A wildcard stays within its part of the ARN. */
export const matchesArn = (pattern: string, arn: string): boolean => {
  if (!isArnPattern(pattern) || !isArnPattern(arn)) return false;
  const parts = partsOf(arn);
  return partsOf(pattern).every((part, index) => matchesText(part, parts[index] ?? ''));
};

/** What knows no narrower resource is named by `*` alone. */
export const matchesResource = (pattern: string, resource: string): boolean =>
  pattern === '*' || matchesArn(pattern, resource);
