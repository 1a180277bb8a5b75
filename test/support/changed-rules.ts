import { changed, example, pathOf } from '../functions/request/requests.ts';

/** The example, with these values at these paths. */
export const requestWith = (changes: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(changes).reduce(
    (request, [path, value]) => changed(request, pathOf(path), value),
    example('one-way-forest'),
  );

/** As many as a new directory’s security group has room for. */
export const threeNetworks = ['10.20.0.0/16', '10.21.0.0/16', '10.22.0.0/16'];
