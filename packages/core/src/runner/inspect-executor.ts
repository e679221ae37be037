import type { ClocheError, Executor, ExecutorCapabilities, ProbeResult } from '../executor/index.ts';
import { SEE_MORE_HINT } from '../executor/index.ts';
import { askCapabilities } from './ask-capabilities.ts';
import { executorFailure } from './executor-failure.ts';
import type { ExecutorReport } from './runner.ts';
import { noAnswer } from './unavailable-error.ts';
import { TIME_IS_OVER, within } from './within.ts';

const PROBE_TIMEOUT_MS = 5000;
/** Every toolchain is asked, and a first start of a Java compiler takes its time. */
const CAPABILITIES_TIMEOUT_MS = 20_000;

/** Asks one executor everything that is free to know. Never rejects: what goes wrong is in the report. */
export async function inspectExecutor(
  name: string,
  origin: ExecutorReport['origin'],
  load: () => Promise<Executor>,
): Promise<ExecutorReport> {
  let executor: Executor;
  let probe: ProbeResult;
  try {
    executor = await load();
    probe = await probeForDoctor(executor);
  } catch (error) {
    const failure = executorFailure(name, error);
    return { name, origin, probe: asUnavailability(failure), capabilities: null, error: failure };
  }
  if (!probe.available) return { name, origin, probe, capabilities: null, error: null };
  try {
    const capabilities: ExecutorCapabilities = await askCapabilities(
      executor,
      { mayCost: false },
      null,
      CAPABILITIES_TIMEOUT_MS,
    );
    return { name, origin, probe, capabilities, error: null };
  } catch (error) {
    return { name, origin, probe, capabilities: null, error: executorFailure(name, error) };
  }
}

async function probeForDoctor(executor: Executor): Promise<ProbeResult> {
  const probe = await within(PROBE_TIMEOUT_MS, (signal) => executor.probe({ signal }));
  return probe === TIME_IS_OVER ? noAnswer(executor.name, PROBE_TIMEOUT_MS) : probe;
}

function asUnavailability(failure: ClocheError): ProbeResult {
  const { message, hint } = failure.text;
  return {
    available: false,
    code: failure.code,
    reason: message,
    hint: hint ?? SEE_MORE_HINT,
    fix: [],
  };
}
