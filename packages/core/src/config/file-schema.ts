import * as z from 'zod/mini';
import type { ConfigKeyDefinition, ConfigParser } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { EXECUTOR_TABLES } from './executor-tables.ts';

type Shape = Record<string, z.ZodMiniType>;

function valueSchema(definition: ConfigKeyDefinition): z.ZodMiniType {
  const kinds: Readonly<Record<ConfigParser, () => z.ZodMiniType>> = {
    duration: () => z.union([z.string(), z.number()]),
    size: () => z.union([z.string(), z.number()]),
    count: () => z.int(),
    number: () => z.number(),
    boolean: () => z.boolean(),
    enum: () => z.enum([...(definition.values ?? [])]),
    locale: () => z.string(),
    list: () => z.array(z.string()),
    pairs: () => z.union([z.string(), z.record(z.string(), z.string())]),
    text: () => z.string(),
  };
  const schema = kinds[definition.parser]();
  z.globalRegistry.add(schema, { description: definition.description.en });
  return z.optional(schema);
}

/** The shape of a configuration file, made of {@link CONFIG_KEYS}: `[limits]` with `memory` for `limits.memory`. */
export function fileSchema(): z.ZodMiniType {
  const tree: Tree = new Map();
  for (const definition of CONFIG_KEYS) {
    const path = definition.key.split('.');
    let level = tree;
    for (const table of path.slice(0, -1)) {
      const next = level.get(table);
      const inner: Tree = next instanceof Map ? next : new Map();
      level.set(table, inner);
      level = inner;
    }
    level.set(path.at(-1) ?? '', definition);
  }
  return z.catchall(z.object(shapeOf(tree, true)), z.record(z.string(), z.unknown()));
}

/** A branch is a table; a leaf is a key. */
type Tree = Map<string, Tree | ConfigKeyDefinition>;

function shapeOf(tree: Tree, isRoot: boolean): Shape {
  const shape: Shape = {};
  for (const [name, node] of tree) {
    if (!(node instanceof Map)) {
      shape[name] = valueSchema(node);
      continue;
    }
    const inner = shapeOf(node, false);
    const isOpen = isRoot && EXECUTOR_TABLES.has(name);
    shape[name] = z.optional(isOpen ? z.looseObject(inner) : z.strictObject(inner));
  }
  return shape;
}

/** The JSON Schema of a configuration file, for editors. */
export function fileJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(fileSchema(), { io: 'input', target: 'draft-2020-12' }), title: 'cloche.toml' };
}
