import * as fc from 'fast-check';

/** Any character, the plain ones more often; fast-check's own unit "binary" makes a table of them all, for a second. */
export const anyCharacter = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10_ffff }),
  )
  .map((point) => String.fromCodePoint(point));
