import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { functions } from '../../functions/functions.ts';
import { entriesOf } from '../../scripts/bundle/entries.ts';
import { tooLarge } from '../../scripts/bundle/limits.ts';
import { authoritiesIn } from '../../scripts/bundle/roots.ts';
import { withoutErrors, withPlainKeys } from '../../scripts/bundle/schemas.ts';
import {
  withNamespace,
  withoutCompiling,
  withoutJsonSchema,
  withoutMemory,
  withoutMethods,
} from '../../scripts/bundle/zod.ts';
import { CertificateAuthority } from '../../simulator/sql-server/certificate-authority.ts';

const client = (name: string): string => `@aws-sdk/client-${name}`;

describe('the entries of bundles', () => {
  it('are those of all functions', async () => {
    const list = await readFile(new URL('../../functions/functions.ts', import.meta.url), 'utf8');

    expect([...entriesOf(list).keys()]).toEqual(Object.keys(functions));
  });

  it('import the step of one function and make it a handler', () => {
    expect(
      entriesOf("{ 'do-it': async () =>\n    (await import('./work/do-it.ts')).doIt,").get('do-it'),
    ).toBe(
      [
        "import { doIt } from './work/do-it.ts';",
        "import { lambdaHandler } from './support/lambda.ts';",
        'export const handler = lambdaHandler(doIt, import.meta.url);',
      ].join('\n'),
    );
  });
});

describe("the SDK's schemas", () => {
  const schemas = `const _e = "error";
export var Busy$ = [-3, n0, _B,
    { [_e]: _c, [_unknown]: 1 },
    [_m],
    [0]
];
n0_registry.registerError(Busy$, Busy);
export var Gone$ = [-3, n0, _G,
    { [_aQE]: [\`Other\`, 404], [_e]: _c },
    [_m],
    [0]
];
n0_registry.registerError(Gone$, Gone);
`;

  it('get their keys written out', () => {
    expect(withPlainKeys(schemas)).toContain('{ "error": _c, [_unknown]: 1 }');
  });

  it('register an error that is asked for, or that travels by another name', () => {
    expect(withoutErrors(schemas, (name) => name === 'Busy')).toBe(schemas);
    expect(withoutErrors(schemas, () => false)).toBe(
      schemas.replace('n0_registry.registerError(Busy$, Busy);\n', ''),
    );
  });
});

const method = (name: string): string =>
  `    ${name}(params) {\n        return this.check(core._${name}(params));\n    },\n`;

describe('Zod', () => {
  it('is imported as a namespace', () => {
    expect(withNamespace("import { a } from './a.ts';\nimport { z } from 'zod';\n")).toBe(
      "import { a } from './a.ts';\nimport * as z from 'zod';\n",
    );
    expect(withNamespace("import type { z } from 'zod';\n")).toBe("import type { z } from 'zod';\n");
    expect(
      withNamespace('import { util } from "../core/index.js";\nconst v = core.util.constantCatch(1);\n'),
    ).toBe("import * as util from '../core/util.js';\nconst v = util.constantCatch(1);\n");
  });

  it('loses the methods that neither our functions nor its own call', () => {
    const longer =
      '    check(...chks) {\n        const def = this.def;\n        return this.clone(def);\n    },\n';

    expect(
      withoutMethods(method('email') + longer + method('max') + method('clone'), 'z.string().max(3)'),
    ).toBe(longer + method('max') + method('clone'));
  });

  it('forgets what it has read', async () => {
    const classes = await readFile(
      new URL('../../node_modules/zod/v4/classic/schemas.js', import.meta.url),
      'utf8',
    );

    expect(withoutMemory(classes)).not.toContain('core.memoizer()');
    expect(withoutMemory(classes)).toContain('function _ensureDefaultMemoizer() {\n}\n');
  });

  it('compiles no schema', async () => {
    const core = await readFile(
      new URL('../../node_modules/zod/v4/core/schemas.js', import.meta.url),
      'utf8',
    );

    expect(withoutCompiling(core)).not.toMatch(/generateFastpass|globalConfig\.jitless/);
    expect(withoutCompiling(core)).toContain('return superParse(payload, ctx);\n    };\n});');
  });

  it('loses its way to JSON schema', () => {
    expect(
      withoutJsonSchema(
        'go = (ctx, json, params) => processors.anyProcessor(inst, ctx, json, params);\ninput: createStandardJSONSchemaMethod(this, "input"),\n',
      ),
    ).toBe('go = (ctx, json, params) => undefined;\ninput: undefined,\n');
  });
});

describe('the limit of a bundle', () => {
  it.each<[string, readonly string[], number, RegExp | null]>([
    ['without a client', ['zod'], 250 * 1024, null],
    ['without a client', ['zod'], 250 * 1024 + 1, /^f has 250\.0 KB of JavaScript; at most 250\.0 KB are/],
    ['of one client', [client('rds')], 250 * 1024, null],
    ['of one client', [client('rds')], 300 * 1024, /^f has 300\.0 KB/],
    ['of several clients', [client('rds'), client('ec2')], 2000 * 1024, null],
    ['with the database driver', [client('secrets-manager'), 'tedious'], 1100 * 1024, null],
    ['with the database driver', [client('secrets-manager'), 'tedious'], 1101 * 1024, /at most 1100\.0 KB/],
  ])('%s, %j: %i bytes', (_kind, packages, bytes, problem) => {
    const made = { name: 'f', packages, code: new Uint8Array(bytes), map: new Uint8Array() };

    if (problem === null) expect(tooLarge(made)).toBeNull();
    else expect(tooLarge(made)).toMatch(problem);
  });
});

describe('root certificates', () => {
  const { certificatePem } = new CertificateAuthority();

  it('are taken as they are, without what stands between them', () => {
    expect(authoritiesIn(`# RDS\n${certificatePem}\n# the next\n${certificatePem}`)).toBe(
      `${certificatePem.trim()}\n${certificatePem.trim()}\n`,
    );
  });

  it.each([
    ['', 'it holds no certificate'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', "that is no authority's"],
  ])('are not found in %j', (words, problem) => {
    expect(() => authoritiesIn(words)).toThrow(problem);
  });
});
