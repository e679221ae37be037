import type { LocalizedText, Locale } from '@cloche/core/executor';
import { artifactUri } from '../resources/run-uri.ts';
import type { StoredArtifact } from '../runs/artifact-store.ts';
import type { Run } from '../runs/run.ts';
import { clipText } from './clip-text.ts';
import { hintForModel } from './hint-for-model.ts';
import { textForClient } from './text-for-client.ts';

const HINT_CHARACTERS = 400;
const WARNING_CHARACTERS = 300;
const MOST_WARNINGS = 4;
/** Of a list that a hostile program could make as long as it likes. */
const LISTED_ARTIFACTS_CHARACTERS = 2_400;
const MOST_LISTED_ARTIFACTS = 20;
const MOST_LISTED_OMISSIONS = 5;
const PATH_CHARACTERS = 200;

export interface ListedArtifact {
  readonly path: string;
  readonly bytes: number;
  readonly mime_type: string;
  readonly uri: string;
}

/** Everything that an answer says of a run, its output aside. Names are the protocol's and not this code's. */
export interface RunFacts {
  readonly status: string;
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly run_id: string;
  readonly session_id?: string;
  readonly language?: string;
  readonly duration_ms: number;
  readonly executor: string | null;
  readonly isolation: string | null;
  readonly network: string | null;
  readonly stage?: string;
  readonly stopped_in?: string;
  readonly limit?: string;
  readonly next?: string;
  readonly hint?: string;
  readonly warnings?: readonly string[];
  readonly passed_over?: readonly { readonly executor: string; readonly reason: string }[];
  readonly artifacts?: readonly ListedArtifact[];
  readonly artifact_count?: number;
  readonly omitted_artifacts?: readonly { readonly path: string; readonly reason: string }[];
  readonly omitted_artifact_count?: number;
}

/** Of a run that the platform did not fail at. */
export function runFacts(run: Run, locale: Locale): RunFacts {
  if (run.state === 'running') {
    return {
      ...factsWithoutOutcome(run),
      next: `Still running. Call read_output with this run_id and wait_seconds 45 (with offset, it answers as soon as there is more output), or end it: manage_sandbox with action "cancel".`,
    };
  }
  return { ...programFacts(run, locale), status: run.status };
}

/** Of its last program alone, which may have ended before the run. */
export function programFacts(run: Run, locale: Locale): RunFacts {
  const { outcome } = run;
  if (outcome === null) return factsWithoutOutcome(run);
  const last = outcome.run ?? outcome.compile ?? outcome.install;
  const hint = hintForModel(outcome);
  return {
    status: outcome.status,
    exit_code: last?.exitCode ?? null,
    signal: last?.signal ?? null,
    ...names(run),
    duration_ms: Math.round(outcome.durationMs),
    executor: outcome.executor.name,
    isolation: outcome.executor.isolation,
    network: outcome.network,
    ...(outcome.stoppedIn !== null && { stopped_in: outcome.stoppedIn }),
    ...(outcome.limit !== null && { limit: outcome.limit }),
    ...(hint !== null && { hint: clipText(textForClient(hint, locale), HINT_CHARACTERS) }),
    ...warnings(outcome.warnings, locale),
    ...(outcome.executor.passedOver.length > 0 && {
      passed_over: outcome.executor.passedOver.slice(0, MOST_WARNINGS).map(({ name, reason }) => ({
        executor: name,
        reason: clipText(textForClient(reason, locale), WARNING_CHARACTERS),
      })),
    }),
    ...artifactFacts(run),
  };
}

function factsWithoutOutcome(run: Run): RunFacts {
  return {
    status: run.status,
    exit_code: null,
    signal: null,
    ...names(run),
    duration_ms: (run.endedAtMs ?? Date.now()) - run.startedAtMs,
    executor: null,
    isolation: null,
    network: null,
    ...(run.state === 'running' && run.stage !== null && { stage: run.stage.stage }),
  };
}

function names({ id, sessionId, language }: Run): Pick<RunFacts, 'run_id' | 'session_id' | 'language'> {
  return {
    run_id: id,
    ...(sessionId !== null && { session_id: sessionId }),
    ...(language !== null && { language }),
  };
}

/** Those that an answer names: as many as there is room for, in their order. */
export function listedArtifacts(run: Run): readonly StoredArtifact[] {
  const listed: StoredArtifact[] = [];
  let characters = 0;
  for (const artifact of run.artifacts.all) {
    characters += JSON.stringify(describeArtifact(run, artifact)).length;
    if (characters > LISTED_ARTIFACTS_CHARACTERS || listed.length === MOST_LISTED_ARTIFACTS) break;
    listed.push(artifact);
  }
  return listed;
}

function artifactFacts(run: Run): Partial<RunFacts> {
  const { all, omitted } = run.artifacts;
  return {
    ...(all.length > 0 && {
      artifacts: listedArtifacts(run).map((artifact) => describeArtifact(run, artifact)),
      artifact_count: all.length,
    }),
    ...(omitted.length > 0 && {
      omitted_artifacts: omitted
        .slice(0, MOST_LISTED_OMISSIONS)
        .map(({ path, reason }) => ({ path: clipText(path, PATH_CHARACTERS), reason })),
      omitted_artifact_count: omitted.length,
    }),
  };
}

function describeArtifact(run: Run, { path, byteCount, mediaType }: StoredArtifact): ListedArtifact {
  return { path, bytes: byteCount, mime_type: mediaType, uri: artifactUri(run.id, path) };
}

function warnings(texts: readonly LocalizedText[], locale: Locale): Pick<RunFacts, 'warnings'> {
  if (texts.length === 0) return {};
  return {
    warnings: texts
      .slice(0, MOST_WARNINGS)
      .map((text) => clipText(textForClient(text, locale), WARNING_CHARACTERS)),
  };
}
