import { createHash } from 'node:crypto';
import type { ExecutorHost, ToolchainProgram } from '@cloche/core/executor';
import { DEFAULT_LIMITS, JsonCache } from '@cloche/core/executor';
import type { ContainerSpec } from '../container/container-spec.ts';
import type { Greeting } from '../container/greeting.ts';
import { jobMessage } from '../container/job-script.ts';
import { cannotRunAgent } from '../container/cannot-run-agent.ts';
import { ContainerLostError, SandboxContainer } from '../container/sandbox-container.ts';
import type { Engine } from '../engine/engine.ts';

const TIMEOUT_MS = 30_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024;
const END_OF_ANSWER = '\0';

/** Asks each program in turn; `NAME VERSION-ARGUMENTS…` come as arguments, with the number of words before them. */
const QUESTIONS = `while [ "$#" -gt 0 ]; do
  count=$1
  shift
  words=
  index=1
  while [ "$index" -le "$count" ]; do words="$words \\"\\\${$index}\\""; index=$((index + 1)); done
  if command -v "$1" >/dev/null; then printf '%s\\n' "$1"; eval "$words" 2>&1; printf '\\0'; fi
  shift "$count"
done
`;

/** What was found in a container of an image, with a runtime and a user. */
export interface ProbedImage {
  /** By the program's name. Null: it is there and does not tell its version. Absent: it is not there. */
  readonly versions: Readonly<Record<string, string | null>>;
  readonly greeting: Greeting;
}

/** What containers are made of and by. */
export type ProbedPlace = Pick<ContainerSpec, 'imageId' | 'coveredVolumes' | 'user' | 'runtime' | 'seccomp'>;

/** Finds out what an image has and what its containers are held by, once for each image: its content does not change. */
export class ToolchainProbe {
  readonly #engine: Engine;
  readonly #host: ExecutorHost;
  readonly #cache: JsonCache<ProbedImage>;
  readonly #underWay = new Map<string, Promise<ProbedImage>>();

  constructor(engine: Engine, host: ExecutorHost) {
    this.#engine = engine;
    this.#host = host;
    this.#cache = new JsonCache(host, 'executor-docker', 'probed-images.json');
  }

  /**
   * @param engineName engine and version, since what holds a container is theirs too
   * @throws ClocheError when no container of the image can be started
   */
  async probe(
    place: ProbedPlace,
    programs: readonly ToolchainProgram[],
    engineName: string,
  ): Promise<ProbedImage> {
    const names = programs.map(({ name, versionArguments }) => [name, ...versionArguments]);
    const key = createHash('sha256')
      .update(JSON.stringify([engineName, place, names, this.#engine.address]))
      .digest('hex')
      .slice(0, 32);
    const stored = await this.#cache.get(key);
    if (stored !== null) return stored;
    let work = this.#underWay.get(key);
    if (work === undefined) {
      work = this.#ask(place, programs)
        .then(async (probed) => {
          await this.#cache.set(key, probed);
          return probed;
        })
        .finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, work);
    }
    return work;
  }

  async #ask(place: ProbedPlace, programs: readonly ToolchainProgram[]): Promise<ProbedImage> {
    const { memoryBytes, scratchBytes, processCount, openFileCount } = DEFAULT_LIMITS;
    const limits = { memoryBytes, scratchBytes, processCount, openFileCount, cpuCount: 1 };
    const container = new SandboxContainer({
      engine: this.#engine,
      // Bare, so that its greeting tells what the image itself has.
      spec: { ...place, ...limits, network: 'none', isNetworkBare: true },
      owner: this.#host.owner,
      idleMs: TIMEOUT_MS,
      deadlineMs: Date.now() + 2 * TIMEOUT_MS,
      ahead: null,
    });
    const giveUp = AbortSignal.timeout(TIMEOUT_MS);
    try {
      await container.start(giveUp);
      const greeting = await container.greeting;
      const words = programs.flatMap(({ name, versionArguments }) => [
        String(1 + versionArguments.length),
        name,
        ...versionArguments,
      ]);
      let output = '';
      container.run(
        await jobMessage(
          {
            files: [],
            argv: ['/bin/sh', '-c', QUESTIONS, 'sh', ...words],
            environment: {},
            hasStdin: false,
            timeoutMs: TIMEOUT_MS,
            collected: [],
            fileLimitBytes: 0,
          },
          { ahead: null },
        ),
        {
          onOutput: (_, data) => {
            if (output.length < OUTPUT_LIMIT_BYTES) output += data.toString('utf8');
          },
          onFiles: () => undefined,
        },
      );
      await container.ending;
      return { versions: readAnswers(output, programs), greeting };
    } catch (error) {
      if (!(error instanceof ContainerLostError)) throw error;
      throw (await container.engineProblem()) ?? cannotRunAgent(error);
    } finally {
      await container.remove();
    }
  }
}

function readAnswers(output: string, programs: readonly ToolchainProgram[]): Record<string, string | null> {
  const versions: Record<string, string | null> = {};
  for (const answer of output.split(END_OF_ANSWER)) {
    const end = answer.indexOf('\n');
    const program = programs.find(({ name }) => name === answer.slice(0, end));
    if (program !== undefined)
      versions[program.name] = program.versionPattern.exec(answer.slice(end + 1))?.[1] ?? null;
  }
  return versions;
}
