import type { DaytonaServer, Operation } from '@cloche/daytona-test-server';
import { program } from '../docker/programs.ts';
import type { Figure } from '../figure.ts';
import { interleave, median, rounded } from '../statistics.ts';
import type { BareSandbox } from './bare-sandbox.ts';
import type { DaytonaRunner } from './daytona-runner.ts';
import type { SettledRequest } from './settled-requests.ts';
import { takeSettledRequests } from './settled-requests.ts';

const ROUNDS = 20;
const WARM_UP_ROUNDS = 3;
const ROUND_TRIPS = { fresh: 8, kept: 5 };
const WAITING_MS = 250;
const BARE_COMMAND = "python3 -c 'print(1)'";

type Kind = 'fresh' | 'kept' | 'bare';

export interface WaitingParts {
  readonly server: DaytonaServer;
  readonly bare: BareSandbox;
  readonly fresh: DaytonaRunner;
  readonly kept: DaytonaRunner;
}

/** `print(1)` from the call to the result, without what the service and the program themselves take. */
export async function measureWaiting({ server, bare, fresh, kept }: WaitingParts): Promise<Figure[]> {
  await takeSettledRequests(server);
  await fresh.run(program('python'));
  const first = await takeSettledRequests(server);
  const asked: Record<Kind, (readonly SettledRequest[])[]> = { fresh: [], kept: [], bare: [] };
  const times = await interleave(
    {
      fresh: () => fresh.run(program('python')),
      kept: () => kept.run(program('python')),
      bare: () => bare.run(BARE_COMMAND),
    },
    {
      rounds: ROUNDS,
      warmUpRounds: WARM_UP_ROUNDS,
      afterEach: async (kind) => void asked[kind].push(await takeSettledRequests(server)),
    },
  );
  const bareMs = median(times.bare);
  return [
    roundTripsFigure('first run ever: round trips', [first], null),
    ...(['fresh', 'kept'] as const).flatMap((kind) => {
      const runs = asked[kind].slice(WARM_UP_ROUNDS);
      const name = `print(1), ${kind === 'fresh' ? 'new' : 'kept'} sandbox`;
      return [
        roundTripsFigure(`${name}: round trips`, runs, ROUND_TRIPS[kind]),
        waitingFigure(`${name}: own waiting`, { times: times[kind], runs, bareMs }),
      ];
    }),
  ];
}

/** The most that any run took. */
function roundTripsFigure(
  name: string,
  runs: readonly (readonly SettledRequest[])[],
  atMost: number | null,
): Figure {
  const most = runs.toSorted((left, right) => right.length - left.length)[0] ?? [];
  const counts = new Map<Operation, number>();
  for (const { operation } of most) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return {
    name,
    value: most.length,
    unit: '',
    bar: atMost === null ? null : { relation: 'at most', value: atMost },
    detail: [...counts].map(([operation, count]) => `${count} ${operation}`).join(', '),
    count: runs.length,
  };
}

function waitingFigure(
  name: string,
  {
    times,
    runs,
    bareMs,
  }: {
    readonly times: readonly number[];
    readonly runs: readonly (readonly SettledRequest[])[];
    readonly bareMs: number;
  },
): Figure {
  const wholeMs = median(times);
  const createMs = medianOf(runs, 'createSandbox');
  const deleteMs = medianOf(runs, 'deleteSandbox');
  const executeMs = medianOf(runs, 'executeCommand');
  const outsideMs = median(times.map((timeMs, index) => timeMs - sum(runs[index] ?? [])));
  const service = createMs + deleteMs === 0 ? '' : ` − ${createMs} ms create − ${deleteMs} ms delete`;
  return {
    name,
    value: wholeMs - createMs - deleteMs - bareMs,
    unit: 'ms',
    bar: { relation: 'at most', value: WAITING_MS },
    detail: `${rounded(wholeMs)} ms${service} − ${rounded(bareMs)} ms bare; ${executeMs} ms in executeCommand, ${rounded(outsideMs)} ms in no request`,
    count: times.length,
  };
}

/** Of what each run spent in requests of this kind; 0 where there were none. */
function medianOf(runs: readonly (readonly SettledRequest[])[], operation: Operation): number {
  return median(runs.map((requests) => sum(requests.filter((request) => request.operation === operation))));
}

function sum(requests: readonly SettledRequest[]): number {
  return requests.reduce((total, { durationMs }) => total + durationMs, 0);
}
