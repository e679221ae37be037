import { expect, test } from 'vitest';
import { CONFIG_KEYS } from '../../src/config/config-keys.ts';
import { describeJsonSchema } from '../../src/config/describe-json-schema.ts';

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

test('the JSON Schema describes every key', async () => {
  const schema = (await describeJsonSchema()) as Node;
  for (const { key, description } of CONFIG_KEYS) {
    const node = key.split('.').reduce<Node | undefined>((level, name) => level?.properties?.[name], schema);
    expect(node?.description, key).toBe(description.en);
  }
});

test('no two keys share a flag or a variable', () => {
  const flags = CONFIG_KEYS.flatMap(({ flag }) => flag ?? []);
  const variables = CONFIG_KEYS.flatMap((definition) => definition.variables);
  expect(new Set(flags).size).toBe(flags.length);
  expect(new Set(variables).size).toBe(variables.length);
});
