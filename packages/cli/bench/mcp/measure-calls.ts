import { overFigure } from '../docker/compare.ts';
import type { AreaResult } from '../figure.ts';
import { interleave } from '../statistics.ts';
import { CoreClient } from './core-client.ts';
import { HttpClient } from './http-client.ts';
import { NEWEST } from './message.ts';
import { PROGRAM, refuseFailure } from './program.ts';
import type { ServerPackage } from './server-package.ts';
import { StdioClient } from './stdio-client.ts';

const ROUNDS = 120;
const WARM_UP_ROUNDS = 10;
const OVER_CORE_MS = { stdio: 2, http: 4 };

/**
 * A program that does nothing, through the server and through core. Without the sandbox, which costs both the same and
 * varies by more than what is measured.
 */
export async function measureCalls(server: ServerPackage, directory: string): Promise<AreaResult> {
  await using core = new CoreClient(directory);
  await using stdio = new StdioClient(server.start(), NEWEST);
  await using http = await HttpClient.start(server);
  await stdio.greet();
  const calling = (client: StdioClient | HttpClient) => async (): Promise<void> => {
    refuseFailure((await client.call('execute_code', PROGRAM))['status']);
  };
  const times = await interleave(
    { core: () => core.run(), stdio: calling(stdio), http: calling(http) },
    { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
  );
  const figures = (['stdio', 'http'] as const).map((kind) =>
    overFigure({
      name: `execute_code over ${kind === 'http' ? 'HTTP' : 'stdio'}`,
      ours: times[kind],
      reference: core.times.slice(-ROUNDS),
      against: 'core',
      atMost: OVER_CORE_MS[kind],
      remark: 'core bundled, in a process of its own; both without the sandbox',
    }),
  );
  return { figures, skipped: [] };
}
