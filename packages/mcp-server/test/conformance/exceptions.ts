/** Revisions whose requirements are run, each at its own wire version. */
export const REVISIONS = ['2026-07-28', '2025-11-25'] as const;

export type Revision = (typeof REVISIONS)[number];

const NO_TASKS =
  'Belongs to the tasks extension, which is optional and not offered: a long run answers `running` with a run_id, and read_output waits for the rest.';

export interface RevisionExpectation {
  /** How many scenarios the suite runs: one that vanishes is noticed. */
  readonly scenarios: number;
  /** Scenarios that do not apply here, each with its reason. The suite scores none of them. Every other one passes. */
  readonly exceptions: Readonly<Record<string, string>>;
}

export const EXPECTATIONS: Readonly<Record<Revision, RevisionExpectation>> = {
  '2026-07-28': {
    scenarios: 50,
    exceptions: {
      'tasks-lifecycle': NO_TASKS,
      'tasks-capability-negotiation': NO_TASKS,
      'tasks-wire-fields': NO_TASKS,
      'tasks-request-state-removal': NO_TASKS,
      'tasks-mrtr-input': NO_TASKS,
      'tasks-request-headers': NO_TASKS,
      'tasks-dispatch-and-envelope': NO_TASKS,
      'tasks-required-task-error': NO_TASKS,
      'tasks-mrtr-composition': NO_TASKS,
      'tasks-status-notifications': `${NO_TASKS} The suite itself skips it.`,
    },
  },
  '2025-11-25': {
    scenarios: 33,
    exceptions: {
      'server-sse-polling':
        'Pending in the suite. Wants streams that can be resumed; here a client that goes away has its calls cancelled, so that no program runs on unwatched.',
    },
  },
};
