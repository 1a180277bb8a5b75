import { syntaxError } from './sql-error.ts';

interface Token {
  readonly kind: 'name' | 'string' | 'word' | 'other';
  /** What it says, without its quotes; keywords in lower case. */
  readonly text: string;
}

const lexeme =
  /\s*(?:\[((?:[^\]]|\]\])+)\]|N'((?:[^']|'')*)'|([\p{L}_@][\p{L}\p{N}_@$#]*)|(\d+|[.,;=()]))\s*/guy;

const asToken = ([, name, string, word, other]: readonly (string | undefined)[]): Token => {
  if (name !== undefined) return { kind: 'name', text: name.replaceAll(']]', ']') };
  if (string !== undefined) return { kind: 'string', text: string.replaceAll("''", "'") };
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase() };
  return { kind: 'other', text: String(other) };
};

const tokens = (sql: string): readonly Token[] => {
  const matches = [...sql.matchAll(lexeme)];
  const read = matches.reduce((length, [all]) => length + all.length, 0);
  if (read < sql.length) throw syntaxError(sql.slice(read, read + 1));
  return matches.map(asToken);
};

const blank = '?';
const isBlank = ({ kind, text }: Token): boolean => text === blank && (kind === 'name' || kind === 'string');

/** How far a statement follows a form: up to which token, and what stood in the form's blanks. */
const follow = (form: readonly Token[], statement: readonly Token[]) => {
  const filled: string[] = [];
  for (const [at, expected] of form.entries()) {
    const found = statement[at];
    if (found?.kind !== expected.kind) return { at, filled };
    if (isBlank(expected)) filled.push(found.text);
    else if (found.text !== expected.text) return { at, filled };
  }
  return { at: form.length, filled };
};

/** One statement that a server understands, its blanks written [?] and N'?', and what it does with them. */
interface Form<Result> {
  readonly tokens: readonly Token[];
  readonly run: (...filled: string[]) => Result;
}

export const form = <Result>(sql: string, run: (...filled: string[]) => Result): Form<Result> => ({
  tokens: tokens(sql),
  run,
});

/** Runs a statement that follows one of the forms from its first to its last token; anything else is error 102. */
export const runBy = <Result>(forms: readonly Form<Result>[], sql: string): Result => {
  const statement = tokens(sql);
  let furthest = 0;
  for (const { tokens: expected, run } of forms) {
    const { at, filled } = follow(expected, statement);
    if (at === expected.length && at === statement.length) return run(...filled);
    furthest = Math.max(furthest, at);
  }
  throw syntaxError(statement[Math.min(furthest, statement.length - 1)]?.text ?? '');
};
