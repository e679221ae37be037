import type { ExecuteRequest, GenerateRequest, RunRequest } from '../../api/runs.ts';
import type { ChosenValues } from './chosen-values.ts';

/** A module that does the same with `@cloche/core`. */
export function typescriptCopy(request: RunRequest, chosen: ChosenValues): string {
  return request.kind === 'generate' ? generateModule(request, chosen) : executeModule(request, chosen);
}

const RUNNER = `const runner = createRunner({
  executors: {
    docker: () => import('@cloche/executor-docker'),
    local: () => import('@cloche/executor-local'),
  },`;

function executeModule(request: ExecuteRequest, chosen: ChosenValues): string {
  const fields = [
    `language: ${literal(request.language)},`,
    ...(request.fileName === undefined ? [] : [`fileName: ${literal(request.fileName)},`]),
    `code: ${template(request.code)},`,
    ...filesField('files', request),
    ...inputFields(request),
    ...limitFields(chosen),
  ];
  const { files = [] } = request;
  return `${files.length === 0 ? '' : "import { readFile } from 'node:fs/promises';\n"}import { createRunner } from '@cloche/core';

${RUNNER}
});
const execution = runner.execute(
${block(fields, 2)}${optionsOf(chosen)}
);
for await (const event of execution) {
  if (event.type === 'stdout') process.stdout.write(event.data);
  if (event.type === 'stderr') process.stderr.write(event.data);
}
console.error((await execution.result).status);
await runner[Symbol.asyncDispose]();
`;
}

function generateModule(request: GenerateRequest, chosen: ChosenValues): string {
  const { files = [], language } = request;
  const flags = [
    ...(chosen.provider === undefined ? [] : [`'generator.provider': ${literal(chosen.provider)},`]),
    ...(chosen.model === undefined ? [] : [`'generator.model': ${literal(chosen.model)},`]),
    ...(chosen.baseUrl === undefined ? [] : [`'generator.baseUrl': ${literal(chosen.baseUrl)},`]),
    ...(chosen.maximumAttempts === undefined
      ? []
      : [`'generator.maxAttempts': '${chosen.maximumAttempts}',`]),
  ];
  const fields = [
    `requirement: ${template(request.requirement)},`,
    `language: ${language === null ? 'null' : literal(language)},`,
    ...filesField('context', request),
    ...inputFields(request),
    ...limitFields(chosen),
  ];
  return `${files.length === 0 ? '' : "import { readFile } from 'node:fs/promises';\n"}import { homedir } from 'node:os';
import { createRunner, loadConfig } from '@cloche/core';
import { createGenerator, noModelConfigured, openCodeModel, resolveModel } from '@cloche/generator';

const { config } = await loadConfig({
${flags.length === 0 ? '' : `  flags: {\n${flags.map((flag) => `    ${flag}\n`).join('')}  },\n`}  environment: process.env,
  workingDirectory: process.cwd(),
  homeDirectory: homedir(),
  platform: process.platform,
});
const resolved = resolveModel(config.generator, process.env);
if (resolved === null) throw noModelConfigured();
${RUNNER}
  config,
});
const generator = createGenerator({ runner, model: openCodeModel(resolved), config });
const generation = generator.generate(
${block(fields, 2)}${optionsOf(chosen)}
);
const { status, code } = await generation.result;
console.error(status);
console.log(code);
await runner[Symbol.asyncDispose]();
`;
}

function block(fields: readonly string[], indent: number): string {
  const space = ' '.repeat(indent);
  return `${space}{\n${fields.map((field) => `${space}  ${field}\n`).join('')}${space}},`;
}

function optionsOf({ executor }: ChosenValues): string {
  return executor === undefined ? '' : `\n  { executor: ${literal(executor)} },`;
}

function filesField(name: string, { files = [] }: RunRequest): readonly string[] {
  if (files.length === 0) return [];
  const items = files.map(
    ({ path }) => `{ path: ${literal(path)}, content: await readFile(${literal(path)}) }`,
  );
  return [`${name}: [${items.join(', ')}],`];
}

function inputFields(request: RunRequest): readonly string[] {
  const { stdin, arguments: given = [] } = request;
  return [
    ...(stdin === undefined ? [] : [`stdin: ${template(stdin)},`]),
    ...(given.length === 0 ? [] : [`arguments: [${given.map(literal).join(', ')}],`]),
  ];
}

function limitFields({ timeoutMs, memoryBytes, network }: ChosenValues): readonly string[] {
  const limits = [
    ...(timeoutMs === undefined ? [] : [`runTimeoutMs: ${timeoutMs}`]),
    ...(memoryBytes === undefined ? [] : [`memoryBytes: ${memoryBytes}`]),
  ];
  return [
    ...(limits.length === 0 ? [] : [`limits: { ${limits.join(', ')} },`]),
    ...(network === undefined ? [] : [`network: ${literal(network)},`]),
  ];
}

function literal(text: string): string {
  return `'${escaped(text)
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`;
}

/** Lines stay lines. */
function template(text: string): string {
  if (!text.includes('\n')) return literal(text);
  return `\`${escaped(text).replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
}

// What would end a line, and what an editor or a terminal would act upon.
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uD800-\uDFFF\uFEFF]/gu;

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
