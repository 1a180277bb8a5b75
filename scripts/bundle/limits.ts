import type { Bundle } from './bundles.ts';

const kilobyte = 1024;
const oneClient = 250 * kilobyte;
const withDatabaseDriver = 1100 * kilobyte;

/** The clients of the SDK that a bundle has in it, by the service's name. */
export const clientsOf = ({ packages }: Pick<Bundle, 'packages'>): readonly string[] =>
  packages
    .filter((name) => name.startsWith('@aws-sdk/client-'))
    .map((name) => name.replace('@aws-sdk/client-', ''));

export const kilobytes = (bytes: number): string => (bytes / kilobyte).toFixed(1);

/** The most bytes that it may have; a function of several clients has no limit. */
const limitOf = (bundle: Bundle): number => {
  if (bundle.packages.includes('tedious')) return withDatabaseDriver;
  return clientsOf(bundle).length > 1 ? Number.POSITIVE_INFINITY : oneClient;
};

/** What is wrong with a bundle's size, or null. */
export const tooLarge = (bundle: Bundle): string | null => {
  const limit = limitOf(bundle);
  const { length } = bundle.code;
  if (length <= limit) return null;
  return `${bundle.name} has ${kilobytes(length)} KB of JavaScript; at most ${kilobytes(limit)} KB are allowed. See what it imports.`;
};
