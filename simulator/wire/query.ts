import type { NormalizedSchema } from '@smithy/core/schema';
import type { Notation } from './read.ts';
import { simpleFromText } from './simple-text.ts';

type Node = string | Tree;
type Tree = Map<string, Node>;

/** `Tag.1.Key=a&Tag.1.Value=b` as a tree: Tag -> 1 -> Key, Value. */
export const treeOf = (form: URLSearchParams): Tree => {
  const root: Tree = new Map();
  for (const [path, value] of form) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let node = root;
    for (const name of names) {
      const next = node.get(name);
      const child: Tree = next instanceof Map ? next : new Map();
      node.set(name, child);
      node = child;
    }
    node.set(last, value);
  }
  return root;
};

const inOrder = (tree: Tree): readonly Node[] =>
  [...tree].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, node]) => node);

/** The numbered nodes of a list or a map, which stand below a name of their own unless it is flat. */
const numbered = (value: unknown, flat: boolean, name: string): readonly Node[] | undefined => {
  if (value === '') return [];
  if (!(value instanceof Map)) return undefined;
  const nodes: Node = flat ? value : (value.get(name) ?? '');
  return nodes instanceof Map ? inOrder(nodes) : undefined;
};

const textAt = (node: Node, name: string): string => {
  const text = node instanceof Map ? node.get(name) : undefined;
  return typeof text === 'string' ? text : '';
};

const nodeAt = (node: Node, name: string): Node => (node instanceof Map ? (node.get(name) ?? '') : '');

const xmlName = (schema: NormalizedSchema, otherwise: string): string =>
  schema.getMergedTraits().xmlName ?? otherwise;

const ec2Name = (member: NormalizedSchema, name: string): string => {
  const { ec2QueryName } = member.getMergedTraits();
  return typeof ec2QueryName === 'string' ? ec2QueryName : xmlName(member, name);
};

const isFlat = (schema: NormalizedSchema): boolean => schema.getMergedTraits().xmlFlattened === 1;

/** A form's notation: awsQuery's, or ec2Query's, where every list is flat and names may differ. */
export const formNotation = (ec2: boolean): Notation => {
  const nameOf = ec2 ? ec2Name : xmlName;
  return {
    codes: { wrong: 'InvalidParameterValue', missing: 'MissingParameter' },
    isStructure: (value) => value instanceof Map,
    member: (value, schema, name) => (value instanceof Map ? value.get(nameOf(schema, name)) : undefined),
    items: (list, value) => numbered(value, ec2 || isFlat(list), xmlName(list.getValueSchema(), 'member')),
    entries: (map, value) =>
      numbered(value, isFlat(map), 'entry')?.map((entry) => [
        textAt(entry, xmlName(map.getKeySchema(), 'key')),
        nodeAt(entry, xmlName(map.getValueSchema(), 'value')),
      ]),
    simple: (schema, value) => (typeof value === 'string' ? simpleFromText(schema, value) : undefined),
  };
};
