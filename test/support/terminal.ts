const escape = '\u001B';
const tokens = new RegExp(`${escape}\\[(?:1A|2K|\\d+m)|\\r|\\n|[^${escape}\\r\\n]+|${escape}`, 'g');

/** What a terminal shows after everything that was written to it: the few controls that are used, and no others. */
export const shownOn = (written: string): readonly string[] => {
  const lines = [''];
  let row = 0;
  for (const [token] of written.matchAll(tokens)) {
    if (token === escape) throw new Error('An escape sequence that is not known.');
    // A colour, or a line's beginning: where the cursor stands in its line is of no account, lines are erased whole.
    if (token === '\r' || (token.startsWith(escape) && token.endsWith('m'))) continue;
    if (token === `${escape}[1A`) row -= 1;
    else if (token === `${escape}[2K`) lines[row] = '';
    else if (token === '\n') {
      row += 1;
      lines[row] ??= '';
    } else lines[row] = `${lines[row] ?? ''}${token}`;
  }
  return lines;
};
