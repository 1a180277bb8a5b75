import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { knowsRegion } from '../../../infra/rds-roots.ts';
import { type Bundle, bundle } from '../../../scripts/bundle/bundles.ts';
import { clientsOf, tooLarge } from '../../../scripts/bundle/limits.ts';
import { main } from '../../../scripts/bundle.ts';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

/** What a bundle imports before anything of it runs. */
const importsOf = (made: Bundle | undefined): readonly (string | undefined)[] =>
  [...text(made?.code).matchAll(/(?:^|[;}])import(?:[\w*{ ][^;()'"]*from)? ?["']([^"']+)["']/gm)].map(
    ([, name]) => name,
  );

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
    const { sources }: { readonly sources: readonly string[] } = JSON.parse(
      text(oneClient?.map ?? undefined),
    );

    expect(sources).toContain('../../../functions/trust/verify-trust.ts');
    expect(sources.filter((source) => source.startsWith('/'))).toEqual([]);
  });

  it('are the same without source maps', async () => {
    const [same] = await bundle(['verify-trust'], { maps: false });

    expect(same).toEqual({ ...oneClient, map: null });
  });

  it('are made of no function that is not listed', async () => {
    await expect(bundle(['no-such'])).rejects.toThrow(
      'functions/functions.ts does not load no-such by an import of its own.',
    );
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

  it('leaves none of the source maps of an earlier time where it makes none', async () => {
    await main(folder, [], ['validate-request']);
    await main(folder, ['--without-maps'], ['validate-request']);

    expect((await readdir(folder)).toSorted()).toEqual(['functions']);
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
