import type { transformSync } from 'amaro';
import type { TypeScriptTransform } from '../../executor/executor-host.ts';
import { asTransformerError, compilerMessage, placeOf } from './compiler-message.ts';
import { rewriteImports } from './rewrite-imports.ts';

/** The function of `amaro` that does the work. */
export type Transformer = typeof transformSync;

export interface TypeScriptSource {
  /** Relative to the work directory, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A refusal by the transformer becomes the answer; anything else that it throws (a trap) is thrown on. */
export function transformSource(transformer: Transformer, source: TypeScriptSource): TypeScriptTransform {
  try {
    return stripped(transformer, source) ?? transformed(transformer, source);
  } catch (error) {
    const refusal = asTransformerError(error);
    if (refusal === null) throw error;
    return { ok: false, message: compilerMessage(source.path, source.text, refusal) };
  }
}

/** Types become spaces, so that every line and column stays. Null where that is not enough. */
function stripped(transformer: Transformer, source: TypeScriptSource): TypeScriptTransform | null {
  let code: string;
  try {
    ({ code } = transformer(source.text, { mode: 'strip-only', filename: source.path }));
  } catch (error) {
    if (asTransformerError(error)?.code === 'UnsupportedSyntax') return null;
    throw error;
  }
  const imports = rewriteImports(code);
  // Stripping moves nothing, so the offset is the source's too.
  if (imports.decoratorOffset !== null) return decoratorRefusal(source, imports.decoratorOffset);
  if (imports.importsUnusedNames) return null;
  // Names the TypeScript file in stack traces. The encoding keeps a path with a line break from beginning a line of code.
  return {
    ok: true,
    code: `${imports.code}\n//# sourceURL=${encodeURI(source.path)}\n`,
    needsSourceMap: false,
  };
}

/** For enums, namespaces with values, parameter properties, `import x = require()`, and types imported as values. */
function transformed(transformer: Transformer, source: TypeScriptSource): TypeScriptTransform {
  let made = transformInto(transformer, source, 'Classic');
  let imports = rewriteImports(made.code);
  if (
    imports.isModule &&
    /\brequire\b/u.test(made.code) &&
    /\bimport\s+[\w$]+\s*=\s*require\b/u.test(source.text)
  ) {
    // A module has no `require` of its own.
    made = transformInto(transformer, source, 'NodeNext');
    imports = rewriteImports(made.code);
  }
  if (imports.decoratorOffset !== null) {
    return decoratorRefusal(source, rewriteImports(source.text).decoratorOffset ?? 0);
  }
  return {
    ok: true,
    code: `${imports.code}\n${sourceMapComment(source.path, made.map)}\n`,
    needsSourceMap: true,
  };
}

function transformInto(
  transformer: Transformer,
  source: TypeScriptSource,
  importExportAssignConfig: 'Classic' | 'NodeNext',
): { readonly code: string; readonly map?: string } {
  return transformer(source.text, {
    mode: 'transform',
    filename: source.path,
    sourceMap: true,
    transform: {
      // As the TypeScript compiler does by default: what only types use is not imported.
      verbatimModuleSyntax: false,
      importNotUsedAsValues: 'remove',
      nativeClassProperties: true,
      // A file whose only import was of a type stays a module.
      noEmptyExport: false,
      importExportAssignConfig,
    },
  });
}

/** The map lies in the file, and its source beside it. */
function sourceMapComment(path: string, map: string | undefined): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const content = { ...(JSON.parse(map ?? '{}') as object), sources: [encodeURIComponent(name)] };
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(content)).toString('base64')}`;
}

function decoratorRefusal(source: TypeScriptSource, offset: number): TypeScriptTransform {
  const message = 'Decorators are not supported: JavaScript engines do not run them yet';
  return {
    ok: false,
    message: compilerMessage(source.path, source.text, { message, ...placeOf(source.text, offset) }),
  };
}
