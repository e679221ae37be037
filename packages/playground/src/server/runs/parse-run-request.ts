import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { ExecuteRequest, GenerateRequest, RunFile, RunRequest } from '../../api/runs.ts';
import { JsonFields } from '../http/json-fields.ts';
import { badRequest } from '../http/request-refused.ts';

const BASE64 = /^[A-Za-z\d+/]*={0,2}$/u;
const LONGEST_REQUIREMENT = 100_000;

/** What is wrong in words of the program's own (a path, an argument) is said by the run. @throws RequestRefused 400 */
export function parseRunRequest(body: unknown): RunRequest {
  const fields = new JsonFields(body);
  const kind = fields.oneOf('kind', ['execute', 'generate'] as const);
  if (kind === undefined)
    throw badRequest('"kind" must be execute or generate.', '"kind" 必须是 execute 或 generate。');
  return kind === 'execute' ? parseExecuteRequest(fields) : parseGenerateRequest(fields);
}

function parseExecuteRequest(fields: JsonFields): ExecuteRequest {
  const language = fields.oneOf('language', LANGUAGE_IDS);
  const code = fields.text('code');
  const fileName = fields.text('fileName');
  const inputs = parseInputs(fields);
  fields.refuseOthers();
  if (language === undefined || code === undefined)
    throw badRequest('To execute, language and code are needed.', '执行需要 language 和 code。');
  return { kind: 'execute', language, code, ...(fileName !== undefined && { fileName }), ...inputs };
}

function parseGenerateRequest(fields: JsonFields): GenerateRequest {
  const language = fields.oneOfOrNull('language', LANGUAGE_IDS) ?? null;
  const requirement = fields.text('requirement') ?? '';
  const inputs = parseInputs(fields);
  fields.refuseOthers();
  if (requirement.trim() === '') throw badRequest('Say what the program is to do.', '请说明程序要做什么。');
  if (requirement.length > LONGEST_REQUIREMENT) {
    throw badRequest(
      `The requirement is longer than ${LONGEST_REQUIREMENT} characters.`,
      `需求超过 ${LONGEST_REQUIREMENT} 个字符。`,
    );
  }
  return { kind: 'generate', language, requirement, ...inputs };
}

function parseInputs(fields: JsonFields): Pick<RunRequest, 'files' | 'stdin' | 'arguments'> {
  const files = fields.objects('files')?.map(parseFile);
  const stdin = fields.text('stdin');
  const programArguments = fields.texts('arguments');
  return {
    ...(files !== undefined && { files }),
    ...(stdin !== undefined && { stdin }),
    ...(programArguments !== undefined && { arguments: programArguments }),
  };
}

function parseFile(fields: JsonFields): RunFile {
  const path = fields.text('path');
  const content = fields.text('content');
  fields.refuseOthers();
  if (path === undefined || content === undefined)
    throw badRequest('A file needs path and content.', '文件需要 path 和 content。');
  if (content.length % 4 !== 0 || !BASE64.test(content))
    throw badRequest('The content of a file must be base64.', '文件内容必须是 base64。');
  return { path, content };
}
