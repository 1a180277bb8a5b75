/** Without what a terminal or a mail would not show as text; lines stay lines. */
export const legible = (text: string): string =>
  text
    .replaceAll(/[^\P{C}\n]+/gu, ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(' \n', '\n')
    .trim();

/** All on one line. */
export const oneLine = (text: string): string => legible(text.replaceAll(/\s+/g, ' '));

/** At most so many characters; what is cut off is told. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const rest = '... (shortened)';
  return `${text
    .slice(0, most - rest.length)
    .toWellFormed()
    .trimEnd()}${rest}`;
};

/** Ended like a sentence. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A length of time, as exact as a reader wants it. */
export const duration = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A moment in ISO 8601, to the second. */
export const moment = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

/** Names in a row; of many only the first ones. */
export const listed = (names: readonly string[]): string => {
  const most = 3;
  const more = names.length > most ? [`${names.length - most} more`] : [];
  const shown = [...names.slice(0, most), ...more];
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
};
