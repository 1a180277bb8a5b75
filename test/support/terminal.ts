/** What a terminal shows after everything that was written to it: the few controls that are used, and no others. */
export const shownOn = (written: string): readonly string[] => {
  const lines = [''];
  let row = 0;
  for (const [token] of written.matchAll(/\u001B\[(?:1A|2K|\d+m)|\r|\n|[^\u001B\r\n]+|\u001B/g)) {
    if (token === '\u001B') throw new Error('An escape sequence that is not known.');
    if (/^\u001B\[\d+m$/.test(token)) continue;
    if (token === '\u001B[1A') row -= 1;
    else if (token === '\u001B[2K') lines[row] = '';
    else if (token === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (token !== '\r') lines[row] = `${lines[row] ?? ''}${token}`;
  }
  return lines;
};
