import { beforeAll, describe, expect, it } from 'vitest';
import { type Check, powershellCheck } from '../../scripts/powershell.ts';

describe('powershellCheck', () => {
  let check: Check;
  beforeAll(async () => {
    check = await powershellCheck();
  });

  it.each([
    ['a brace that is not closed', 'function Get-X {\n  1\n', 2],
    ['a parenthesis that is not closed', '$a = 1\n$b = (1 + 2\n', 2],
    ['a text that is not closed', '$a = 1\n\n$b = "x\n', 3],
    ['a condition without parentheses', 'if $a { 1 }', 1],
    ['a comma too many', 'function Get-X {\n  param($a,)\n}', 2],
  ])('finds %s', (_what, source, line) => {
    const [fault] = check(source, 'part');

    expect(fault?.line).toBe(line);
  });

  it.each(['$a ? 1 : 2', '$a ?? 1', '$a ??= 1', '${a}?.b', 'Get-X && Get-Y', 'Get-X || Get-Y'])(
    'finds the syntax of PowerShell 7 in %s',
    (source) => {
      expect(check(source, 'part')).toMatchObject([{ line: 1, message: expect.stringContaining('5.1') }]);
    },
  );

  it.each([
    ['1..3 | ForEach-Object -Parallel { 1 }', 23, '-Parallel'],
    ['$x = $IsWindows', 6, '$IsWindows'],
  ])('finds what only PowerShell 7 has in %s', (source, column, what) => {
    expect(check(source, 'part')).toEqual([
      { line: 1, column, message: `Windows PowerShell 5.1 does not have ${what}` },
    ]);
  });

  it.each([
    "Get-ADTrust -Filter '*'",
    "& 'w32tm.exe' '/stripchart'",
    'ksetup.exe /x',
    '[System.DirectoryServices.ActiveDirectory.Forest]::GetCurrentForest()',
    "$x = 'HKLM:\\SOFTWARE'",
  ])('wants %s in a function of its own', (use) => {
    const alone = `function Get-X {\n  # Why.\n  param($a)\n  ${use}\n}`;
    const among = `function Get-X {\n  $b = 1\n  ${use}\n}`;

    expect(check(alone, 'part')).toEqual([]);
    expect(check(use, 'part')).toMatchObject([{ line: 1 }]);
    expect(check(among, 'part')).toMatchObject([
      { line: 3, message: expect.stringContaining('only Windows') },
    ]);
  });

  it('lets a name stand as a text', () => {
    expect(check("Get-Command -Name 'Get-ADTrust'", 'whole')).toEqual([]);
  });

  it.each(['Invoke-Expression $x', 'Get-Haf', '& $program', 'Write-Host x', '. other.ps1'])(
    'finds the unknown command in %s, where the script is whole',
    (source) => {
      const script = `function Get-Half { 1 }\nget-half\n${source}`;

      expect(check(script, 'part')).toEqual([]);
      expect(check(script, 'whole')).toMatchObject([{ line: 3, column: 1 }]);
    },
  );
});
