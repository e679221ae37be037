import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'tsdown';
import type { SyntaxNode } from './syntax-tree.ts';
import { isNode, nodesOf } from './syntax-tree.ts';

/** Where the MCP SDK makes its schemas: 170 when it is loaded, and as many again with the first message of a revision. */
const SCHEMA_MODULE =
  /[\\/]@modelcontextprotocol[\\/](?:core|server)[\\/]dist[\\/](?:schemas|auth|src)-[\w-]+\.mjs$/u;
const SCHEMA = /^[A-Z]\w*Schema(?:\$\d+)?$/u;
const TABLE = /^[A-Z][A-Z_]+$/u;
/** Fewer mean that the SDK is built in another way, and that this is to be looked at again. */
const FEWEST = { schemas: 300, tables: 3 };
const LAZILY = fileURLToPath(new URL('lazily.ts', import.meta.url));
const SHIMS = '@modelcontextprotocol/server/_shims';
const SHIMS_ID = `\0${SHIMS}`;
/** Without the validator that comes with the SDK, a fifth of a server's code: every server is given one of ours. */
const SHIMS_CODE = `
export { default as process } from 'node:process';
export class DefaultJsonSchemaValidator {
  constructor() { throw new Error('The validator of the MCP SDK is left out of this bundle.'); }
}
`;

interface Edit {
  readonly position: number;
  readonly text: string;
}

/**
 * Has a schema of the MCP SDK made when a message first needs it. Making all of them takes longer than the rest of a
 * server's start, and a client that speaks one revision and calls tools needs one in ten.
 */
export function lazyMcpSdk(): Rolldown.Plugin {
  const found = { schemas: 0, tables: 0 };
  let isBundled = false;
  return {
    name: 'lazy-mcp-sdk',
    resolveId: { order: 'pre', handler: (source) => (source === SHIMS ? SHIMS_ID : null) },
    load: (id) => (id === SHIMS_ID ? SHIMS_CODE : null),
    transform: {
      filter: { id: SCHEMA_MODULE },
      handler(code) {
        isBundled = true;
        const nodes = nodesOf(this.parse(code));
        const schemas = constantsOf(nodes).filter(
          ({ name, init }) => SCHEMA.test(name) && isSchemaCall(init),
        );
        const tables = constantsOf(nodes).filter(({ name, init }) => TABLE.test(name) && readsSchema(init));
        if (schemas.length + tables.length === 0) return null;
        found.schemas += schemas.length;
        found.tables += tables.length;
        const edits = [
          { position: 0, text: `import { lazily, once } from ${JSON.stringify(LAZILY)};\n` },
          ...schemas.flatMap(({ init }) => around(init, '/* @__PURE__ */ lazily')),
          ...tables.flatMap(({ init }) => around(init, '/* @__PURE__ */ once')),
          ...callsOf(tables, nodes),
        ];
        return { code: applied(edits, code), map: null };
      },
    },
    buildEnd() {
      if (!isBundled || (found.schemas >= FEWEST.schemas && found.tables >= FEWEST.tables)) return;
      this.error(
        `The MCP SDK has changed: ${JSON.stringify(found)} found, ${JSON.stringify(FEWEST)} expected`,
      );
    },
  };
}

interface Constant {
  readonly name: string;
  readonly id: SyntaxNode;
  readonly init: SyntaxNode;
}

function constantsOf(nodes: readonly SyntaxNode[]): readonly Constant[] {
  return nodes
    .filter(({ type, kind }) => type === 'VariableDeclaration' && kind === 'const')
    .flatMap(({ declarations }) => declarations as readonly SyntaxNode[])
    .flatMap(({ id, init }) => (isNode(id) && isNode(init) ? [{ name: String(id['name']), id, init }] : []));
}

/** `z.object(…)`, `OtherSchema.extend(…).optional()` */
function isSchemaCall(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression') return false;
  let root = node['callee'];
  while (isNode(root) && root.type !== 'Identifier') root = root['object'] ?? root['callee'];
  return isNode(root) && (root['name'] === 'z' || SCHEMA.test(String(root['name'])));
}

/** `new Set(Object.keys(OtherSchema.shape))` */
function readsSchema(init: SyntaxNode): boolean {
  return nodesOf(init).some(({ type, name }) => type === 'Identifier' && SCHEMA.test(String(name)));
}

function around({ start, end }: SyntaxNode, wrapper: string): readonly Edit[] {
  return [
    { position: start, text: `${wrapper}(() => (` },
    { position: end, text: '))' },
  ];
}

/** Every use of a table, which is a function now. */
function callsOf(tables: readonly Constant[], nodes: readonly SyntaxNode[]): readonly Edit[] {
  const names = new Set(tables.map(({ name }) => name));
  const declared = new Set(tables.map(({ id }) => id.start));
  return nodes
    .filter(
      ({ type, name, start }) => type === 'Identifier' && names.has(String(name)) && !declared.has(start),
    )
    .map(({ end }) => ({ position: end, text: '()' }));
}

function applied(edits: readonly Edit[], code: string): string {
  let text = '';
  let position = 0;
  for (const edit of edits.toSorted((left, right) => left.position - right.position)) {
    text += code.slice(position, edit.position) + edit.text;
    position = edit.position;
  }
  return text + code.slice(position);
}
