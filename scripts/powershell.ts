import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** Something in a script that must not be there, at a line and column counted from one. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What exists on a domain controller only: each use stands alone in a function of its own, which a test replaces. */
const windowsOnly = {
  commands: new Set([
    'add-dnsserverconditionalforwarderzone',
    'aws.exe',
    'clear-dnsclientcache',
    'clear-dnsservercache',
    'get-addomain',
    'get-addomaincontroller',
    'get-adforest',
    'get-adtrust',
    'get-aduser',
    'get-ciminstance',
    'get-dnsserverzone',
    'get-itemproperty',
    'get-secsecretvalue',
    'ksetup.exe',
    'resolve-dnsname',
    'set-dnsserverconditionalforwarderzone',
    'w32tm.exe',
  ]),
  types: /^System\.DirectoryServices\b/i,
  strings: /^HK(LM|CU|CR|U):|^Registry::/i,
};

/** What every PowerShell from 5.1 on brings along. */
const portable = new Set([
  'add-type',
  'convertto-json',
  'foreach-object',
  'get-command',
  'new-object',
  'set-strictmode',
  'sort-object',
  'where-object',
]);

/** Parses without complaint, and is not there in the Windows PowerShell 5.1 that the agent starts. */
const notIn51 =
  /^(&&|\|\||-(AsArray|AsByteStream|AsHashtable|EnumsAsStrings|EscapeHandling|Parallel|ThrottleLimit)|\$(IsCoreCLR|IsLinux|IsMacOS|IsWindows|PSNativeCommandUseErrorActionPreference|PSStyle))$/i;

const faultAt = (node: Node, message: string): Fault => ({
  line: node.startPosition.row + 1,
  column: node.startPosition.column + 1,
  message,
});

const all = (root: Node, ...types: readonly string[]): readonly Node[] =>
  root.descendantsOfType([...types]).filter((node) => node !== null);

const unquoted = (text: string): string => text.replaceAll(/^['"]|['"]$/g, '');

const commandName = (command: Node): string =>
  unquoted(command.childForFieldName('command_name')?.text ?? '').toLowerCase();

const syntaxFaults = (node: Node): readonly Fault[] => {
  if (node.isMissing) return [faultAt(node, `a ${node.type} is missing`)];
  if (node.isError) return [faultAt(node, `not PowerShell 5.1: ${node.text.split('\n', 1)[0] ?? ''}`)];
  return node.hasError ? node.children.filter((child) => child !== null).flatMap(syntaxFaults) : [];
};

const standsAlone = (node: Node): boolean => {
  for (let above = node.parent; above !== null; above = above.parent) {
    if (above.type !== 'function_statement') continue;
    const [body] = all(above, 'script_block_body');
    const [statements] = body === undefined ? [] : all(body, 'statement_list');
    return statements?.namedChildren.filter((child) => child?.type !== 'comment').length === 1;
  }
  return false;
};

const isWindowsOnly = (node: Node): boolean => {
  if (node.type === 'command') return windowsOnly.commands.has(commandName(node));
  if (node.type === 'type_spec') return windowsOnly.types.test(node.text);
  return windowsOnly.strings.test(unquoted(node.text));
};

const windowsFaults = (root: Node): readonly Fault[] =>
  all(root, 'command', 'type_spec', 'string_literal', 'generic_token')
    .filter((node) => isWindowsOnly(node) && !standsAlone(node))
    .map((node) =>
      faultAt(node, `only Windows has this; put it alone into a function of its own: ${node.text}`),
    );

const newerFaults = (root: Node): readonly Fault[] =>
  all(root, 'command_parameter', 'variable', '&&', '||')
    .filter(({ text }) => notIn51.test(text))
    .map((node) => faultAt(node, `Windows PowerShell 5.1 does not have ${node.text}`));

const unknownFaults = (root: Node): readonly Fault[] => {
  const own = new Set(all(root, 'function_name').map(({ text }) => text.toLowerCase()));
  const isKnown = (name: string): boolean =>
    own.has(name) || portable.has(name) || windowsOnly.commands.has(name);
  return all(root, 'command')
    .filter((command) => !isKnown(commandName(command)))
    .map((command) =>
      faultAt(command, `neither a function of this document nor a known command: ${command.text}`),
    );
};

export type Check = (source: string, scope: 'part' | 'whole') => readonly Fault[];

/** Makes the check of PowerShell scripts; only a whole script, with all that it shares, is checked for unknown commands. */
export const powershellCheck = async (): Promise<Check> => {
  // To optimise the grammar takes V8 more than a second and a gigabyte; to parse all scripts without takes 0.1 s.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve(
    'tree-sitter-powershell/tree-sitter-powershell.wasm',
  );
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (source, scope) => {
    const root = parser.parse(source)?.rootNode;
    if (root === undefined) throw new TypeError('The PowerShell parser gave no tree.');
    if (root.hasError) return syntaxFaults(root);
    const whole = scope === 'whole' ? unknownFaults(root) : [];
    return [...windowsFaults(root), ...newerFaults(root), ...whole].toSorted(
      (a, b) => a.line - b.line || a.column - b.column,
    );
  };
};
