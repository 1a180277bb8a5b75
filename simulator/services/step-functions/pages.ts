import { ServiceError } from '../../wire/service-error.ts';

interface Asked {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const mostResults = 1000;
const usualResults = 100;

const encode = (key: string): string => Buffer.from(key).toString('base64url');

const startAfter = (keys: readonly string[], token: string | undefined): number => {
  if (token === undefined) return 0;
  const index = keys.findIndex((key) => encode(key) === token);
  if (index === -1) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  return index + 1;
};

/** One page of a list; the token names the last item of the page before, so that new items shift nothing. */
export const page = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { maxResults = 0, nextToken }: Asked,
): { readonly items: Item[]; readonly next: { nextToken?: string } } => {
  if (maxResults < 0 || maxResults > mostResults)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${mostResults}`,
    );
  const start = startAfter(items.map(keyOf), nextToken);
  const end = start + (maxResults || usualResults);
  const shown = items.slice(start, end);
  const last = shown.at(-1);
  return {
    items: shown,
    next: last === undefined || end >= items.length ? {} : { nextToken: encode(keyOf(last)) },
  };
};
