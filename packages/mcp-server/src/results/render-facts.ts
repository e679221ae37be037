import type { RunFacts } from './run-facts.ts';

/** The facts as text: what matters at once before the output, the rest after it. */
export function renderFacts(facts: RunFacts): { readonly before: string; readonly after: string } {
  const before = [...isolationLines(facts), ...outcomeLines(facts)];
  const after = [placeLine(facts)];
  for (const warning of facts.warnings ?? []) after.push(`warning: ${warning}`);
  after.push(...artifactLines(facts));
  return { before: before.join('\n'), after: after.join('\n') };
}

/** What came of it, where {@link isolationLines} stand elsewhere. */
export function outcomeLines(facts: RunFacts): string[] {
  const { next, hint } = facts;
  return [
    statusLine(facts),
    ...(next === undefined ? [] : [next]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
}

/** Falling back is never silent: who reads one line reads this one. */
export function isolationLines({ isolation, passed_over }: RunFacts): string[] {
  const lines =
    isolation === 'none'
      ? ['NO SANDBOX: the program ran as an ordinary process of this machine (isolation none).']
      : [];
  for (const { executor, reason } of passed_over ?? []) lines.push(`passed over: ${executor}: ${reason}`);
  return lines;
}

function statusLine({ status, exit_code, signal, stopped_in, limit, stage }: RunFacts): string {
  const details = [
    exit_code !== null && `exit code ${exit_code}`,
    signal !== null && `signal ${signal}`,
    limit !== undefined && `limit ${limit}`,
    stopped_in !== undefined && `in phase ${stopped_in}`,
    stage !== undefined && `stage ${stage}`,
  ].filter((detail) => detail !== false);
  return `status: ${status}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

function placeLine(facts: RunFacts): string {
  const { run_id, session_id, language, executor, isolation, network, duration_ms } = facts;
  const session = session_id === undefined ? '' : `, session_id: ${session_id}`;
  const place = executor === null ? '' : `, executor ${executor}, isolation ${isolation}, network ${network}`;
  return `run_id: ${run_id}${session}${language === undefined ? '' : `, ${language}`}${place}, ${duration_ms} ms`;
}

function artifactLines(facts: RunFacts): string[] {
  const { artifacts = [], artifact_count = 0, omitted_artifacts = [], omitted_artifact_count = 0 } = facts;
  const lines = artifacts.map(
    ({ path, bytes, mime_type, uri }) => `artifact: ${path} (${mime_type}, ${bytes} bytes) ${uri}`,
  );
  if (artifact_count > artifacts.length)
    lines.push(`artifacts not listed: ${artifact_count - artifacts.length}`);
  lines.push(...omitted_artifacts.map(({ path, reason }) => `no artifact: ${path} (${reason})`));
  const unlisted = omitted_artifact_count - omitted_artifacts.length;
  if (unlisted > 0) lines.push(`further files that are no artifacts: ${unlisted}`);
  return lines;
}
