import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';

const DIRECTORY = new URL('../../../../../shared/daytona/', import.meta.url);
const DESCRIPTIONS = {
  control: { file: 'api.openapi.json', schemas: 'components/schemas' },
  toolbox: { file: 'toolbox.swagger.json', schemas: 'definitions' },
} as const;

/** Says what is wrong with a body; null: nothing. */
export type SchemaCheck = (schema: string, body: unknown) => string | null;

/** A check against a service's published description, or a skip where there is no copy of it. */
export function publishedSchema(context: TestContext, service: keyof typeof DESCRIPTIONS): SchemaCheck {
  const { file, schemas } = DESCRIPTIONS[service];
  const location = new URL(file, DIRECTORY);
  // Not part of the repository: nothing may need it, so its absence is not a skip either.
  if (!existsSync(location))
    context.skip(`not run: there is no copy of Daytona's ${file} beside the repository`);
  const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats, logger: false });
  ajv.addSchema(JSON.parse(readFileSync(location, 'utf8')) as object, service);
  return (schema, body) => {
    const validate = ajv.getSchema(`${service}#/${schemas}/${schema}`);
    if (!validate) return `there is no schema ${schema}`;
    const { required = [], properties = {} } = validate.schema as PublishedObject;
    if (validate(withoutNulls(body, required, Object.keys(properties))) === true) return null;
    return ajv.errorsText(validate.errors);
  };
}

interface PublishedObject {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Without the nulls of optional fields, which real servers send and no description allows. */
function withoutNulls(body: unknown, required: readonly string[], known: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const fields = Object.entries(body).filter(
    ([name, value]) => value !== null || required.includes(name) || !known.includes(name),
  );
  return Object.fromEntries(fields);
}
