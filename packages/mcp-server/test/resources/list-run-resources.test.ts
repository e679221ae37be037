import { expect, test } from 'vitest';
import { RESULT_PART } from '../../src/resources/run-uri.ts';
import { RUN_RESOURCE_TEMPLATES } from '../../src/resources/list-run-resources.ts';
import { STREAM_NAMES } from '../../src/runs/stream-name.ts';

test('the template of a run’s parts names all of them', () => {
  const description = RUN_RESOURCE_TEMPLATES.resourceTemplates[0]?.description ?? '';
  const words = description.split(/[^a-z]+/u);
  expect(words).toEqual(expect.arrayContaining([...STREAM_NAMES, RESULT_PART]));
});
