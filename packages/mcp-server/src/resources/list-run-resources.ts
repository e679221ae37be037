import type {
  ListResourcesResult,
  ListResourceTemplatesResult,
  Resource,
} from '@modelcontextprotocol/server';
import type { Run } from '../runs/run.ts';
import { STREAM_NAMES } from '../runs/stream-name.ts';
import { artifactUri, RESULT_PART, RUN_URI_TEMPLATES, runUri } from './run-uri.ts';

const MOST_LISTED_RUNS = 50;
const MOST_LISTED_RESOURCES = 200;

export const RUN_RESOURCE_TEMPLATES: ListResourceTemplatesResult = {
  resourceTemplates: [
    {
      name: 'run',
      uriTemplate: RUN_URI_TEMPLATES.part,
      description:
        'stdout, stderr, compile (output of the compiler), code (of a generated program) or result of a run',
    },
    { name: 'artifact', uriTemplate: RUN_URI_TEMPLATES.artifact, description: 'A file that a run wrote' },
  ],
};

/** What the newest runs left, newest first. */
export function listRunResources(runs: readonly Run[]): ListResourcesResult {
  const resources = runs
    .slice(0, MOST_LISTED_RUNS)
    .flatMap((run) => resourcesOf(run))
    .slice(0, MOST_LISTED_RESOURCES);
  return { resources };
}

function resourcesOf(run: Run): Resource[] {
  const { id } = run;
  const language = run.language === null ? '' : `${run.language} `;
  const streams = STREAM_NAMES.filter((name) => run.streams[name].byteCount > 0).map((name) => ({
    uri: runUri(id, name),
    name: `${name} of ${language}run ${id.slice(0, 8)}`,
    mimeType: 'text/plain',
    size: run.streams[name].byteCount,
  }));
  const artifacts = run.artifacts.all.map(({ path, mediaType, byteCount }) => ({
    uri: artifactUri(id, path),
    name: path,
    mimeType: mediaType,
    size: byteCount,
  }));
  return [
    {
      uri: runUri(id, RESULT_PART),
      name: `result of ${language}run ${id.slice(0, 8)}`,
      mimeType: 'application/json',
    },
    ...streams,
    ...artifacts,
  ];
}
