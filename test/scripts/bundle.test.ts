import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { functions } from '../../functions/functions.ts';
import { knowsRegion } from '../../infra/rds-roots.ts';
import { type Bundle, bundle } from '../../scripts/bundle/bundles.ts';
import { entriesOf } from '../../scripts/bundle/entries.ts';
import { clientsOf, tooLarge } from '../../scripts/bundle/limits.ts';
import { authoritiesIn } from '../../scripts/bundle/roots.ts';
import { withoutErrors, withPlainKeys } from '../../scripts/bundle/schemas.ts';
import {
  withNamespace,
  withoutCompiling,
  withoutJsonSchema,
  withoutMemory,
  withoutMethods,
} from '../../scripts/bundle/zod.ts';
import { main } from '../../scripts/bundle.ts';
import { CertificateAuthority } from '../../simulator/sql-server/certificate-authority.ts';

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

/** What a bundle imports before anything of it runs. */
const importsOf = (made: Bundle | undefined): readonly (string | undefined)[] =>
  [...text(made?.code).matchAll(/(?:^|[;}])import(?:[\w*{ ][^;()'"]*from)? ?["']([^"']+)["']/gm)].map(
    ([, name]) => name,
  );

const client = (name: string): string => `@aws-sdk/client-${name}`;

describe('bundles', () => {
  let oneClient: Bundle | undefined;
  let login: Bundle | undefined;
  beforeAll(async () => {
    [oneClient, login] = await bundle(['verify-trust', 'create-windows-logins']);
  }, 60_000);

  it('are the same bytes each time, whatever is bundled beside them', async () => {
    expect(await bundle(['create-windows-logins', 'plan-trust', 'verify-trust'])).toEqual([
      login,
      expect.anything(),
      oneClient,
    ]);
  });

  it('are no larger than allowed', () => {
    for (const made of [oneClient, login]) expect(made && tooLarge(made)).toBeNull();
  });

  it('have in them what the function uses and nothing that Lambda does without', () => {
    expect(oneClient && clientsOf(oneClient)).toEqual(['directory-service']);
    expect(login && clientsOf(login)).toEqual(['secrets-manager']);
    expect(oneClient?.packages).toContain('@aws-sdk/credential-provider-env');
    expect([...(oneClient?.packages ?? []), ...(login?.packages ?? [])].join(' ')).not.toMatch(
      /@azure|credential-provider-(?!env)|iconv-lite|js-joda|js-md4|readable-stream/,
    );
  });

  it("ask for Node's modules by name, and import none", () => {
    for (const made of [oneClient, login]) {
      expect(importsOf(made)).toEqual([]);
      expect(text(made?.code).includes('getBuiltinModule("https")')).toBe(true);
    }
  });

  it('are plain where that is asked for', async () => {
    const [plain] = await bundle(['verify-trust'], { plain: true, external: ['@aws-sdk/*'] });

    expect(importsOf(plain)).toEqual(
      expect.arrayContaining(['@aws-sdk/client-directory-service', 'node:fs']),
    );
  });

  it('export a handler, and say nothing of their source maps', () => {
    for (const made of [oneClient, login]) {
      expect(text(made?.code)).toMatch(/export\{\w+ as handler\};\n$/);
      expect(text(made?.code)).not.toContain('sourceMappingURL');
    }
  });

  it('have source maps that name our files, and no place on this machine', () => {
    const { sources }: { readonly sources: readonly string[] } = JSON.parse(text(oneClient?.map));

    expect(sources).toContain('../../../functions/trust/verify-trust.ts');
    expect(sources.filter((source) => source.startsWith('/'))).toEqual([]);
  });

  it('are made of no function that is not listed', async () => {
    await expect(bundle(['no-such'])).rejects.toThrow(
      'functions/functions.ts does not load no-such by an import of its own.',
    );
  });
});

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

describe('the command that bundles', () => {
  let folder: string;
  let said: string[];
  let complained: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundles-'));
    said = [];
    complained = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
    const error = vi.spyOn(console, 'error').mockImplementation((line) => void complained.push(String(line)));
    onTestFinished(async () => {
      log.mockRestore();
      error.mockRestore();
      await rm(folder, { recursive: true });
    });
  });
  const names = ['validate-request', 'create-windows-logins'];

  it('writes code, source maps and certificates each into their place, and prints what it made', async () => {
    const roots = join(folder, 'roots.pem');
    const { certificatePem } = new CertificateAuthority();
    await writeFile(roots, certificatePem);
    await main(folder, ['--rds-roots', roots], names);

    // What was left from an earlier time would be deployed.
    await writeFile(join(folder, 'functions', 'stale'), '');
    expect(await main(folder, ['--rds-roots', roots], names)).toBe(0);

    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
      'functions',
      'functions/create-windows-logins',
      'functions/create-windows-logins/index.mjs',
      'functions/create-windows-logins/rds-roots.pem',
      'functions/validate-request',
      'functions/validate-request/index.mjs',
      'maps',
      'maps/create-windows-logins',
      'maps/create-windows-logins/index.mjs.map',
      'maps/validate-request',
      'maps/validate-request/index.mjs.map',
      'roots.pem',
    ]);
    expect(complained).toEqual([]);
    expect(said.slice(2)).toEqual([
      expect.stringMatching(/^validate-request +1\d\d\.\d KB$/),
      expect.stringMatching(/^create-windows-logins +\d+\.\d KB {2}secrets-manager$/),
    ]);
  });

  it('has certificates of most Regions where nobody names any', async () => {
    expect(await main(folder, [], names)).toBe(0);

    const roots = await readFile(join(folder, 'functions/create-windows-logins/rds-roots.pem'), 'utf8');
    expect(knowsRegion(roots, 'eu-central-1', new Date())).toBe(true);
    expect(complained).toEqual([]);
  });

  it('fails where the certificates that are named are not there', async () => {
    expect(await main(folder, ['--rds-roots', '/nowhere.pem'], ['validate-request'])).toBe(1);
    expect(complained).toEqual([expect.stringMatching(/cannot be read from \/nowhere\.pem: ENOENT/)]);
  });
});
