import { createHash } from 'node:crypto';
import type { ExecutorHost, ToolchainProgram } from '@cloche/core/executor';
import { ClocheError, DEFAULT_LIMITS, JsonCache } from '@cloche/core/executor';
import type { ContainerSpec } from '../container/container-spec.ts';
import type { Ending } from '../container/ending.ts';
import type { Greeting } from '../container/greeting.ts';
import { isGreeting } from '../container/greeting.ts';
import { jobMessage } from '../container/job-script.ts';
import { cannotRunAgent } from '../engine/cannot-run-agent.ts';
import { ContainerLostError } from '../container/container-lost-error.ts';
import { SandboxContainer } from '../container/sandbox-container.ts';
import type { Engine } from '../engine/engine.ts';
import { unlessAborted } from '../unless-aborted.ts';

const TIMEOUT_MS = 30_000;
/** The agent ends what is late by itself; where it does not, the container goes this much later. */
const LATE_GRACE_MS = 5000;
/** Of what is stored, and of the questions; another one makes whatever was stored before of no account. */
const FORMAT_VERSION = 2;
const ID_LENGTH = 12;
const OUTPUT_LIMIT_BYTES = 64 * 1024;
const END_OF_ANSWER = '\0';
/** Stands where the next answer would; no program has this name. */
const END_OF_ANSWERS = 'end of answers';

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
printf '${END_OF_ANSWERS}'
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
  readonly #timeoutMs: number;
  readonly #cache: JsonCache<unknown>;
  readonly #underWay = new Map<string, Promise<ProbedImage>>();

  /** @param timeoutMs what a container may take to start, and then all programs together to tell their versions */
  constructor(engine: Engine, host: ExecutorHost, timeoutMs: number = TIMEOUT_MS) {
    this.#engine = engine;
    this.#host = host;
    this.#timeoutMs = timeoutMs;
    this.#cache = new JsonCache(host, 'executor-docker', 'probed-images.json');
  }

  /**
   * @param engineName engine and version, since what holds a container is theirs too
   * @throws ClocheError when no container of the image can be started; `ERR_CAPABILITY_UNSUPPORTED`, to be tried again,
   * when it could not be looked at to the end
   */
  async probe(
    place: ProbedPlace,
    programs: readonly ToolchainProgram[],
    engineName: string,
  ): Promise<ProbedImage> {
    const names = programs.map(({ name, versionArguments }) => [name, ...versionArguments]);
    const key = createHash('sha256')
      .update(JSON.stringify([FORMAT_VERSION, engineName, place, names, this.#engine.address]))
      .digest('hex')
      .slice(0, 32);
    const stored = await this.#cache.get(key);
    if (isProbedImage(stored)) return stored;
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
      idleMs: this.#timeoutMs,
      deadlineMs: Date.now() + 2 * this.#timeoutMs + LATE_GRACE_MS,
      ahead: null,
    });
    let giveUp = AbortSignal.timeout(this.#timeoutMs);
    try {
      await container.start(giveUp);
      const greeting = await unlessAborted(container.greeting, giveUp);
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
            timeoutMs: this.#timeoutMs,
            collected: [],
            fileLimitBytes: 0,
          },
          { ahead: null },
        ),
        {
          onOutput: (stream, data) => {
            // Programs write both into the first; what the shell itself has to say may come after the end mark.
            if (stream === 'stdout' && output.length < OUTPUT_LIMIT_BYTES) output += data.toString('utf8');
          },
          onFiles: () => undefined,
        },
      );
      giveUp = AbortSignal.timeout(this.#timeoutMs + LATE_GRACE_MS);
      const ending = await unlessAborted(container.ending, giveUp);
      // A program that was not asked any more must not be taken for one that is not there.
      if (!wasAskedToTheEnd(ending, output)) throw notSeenInTime(place.imageId);
      return { versions: readAnswers(output, programs), greeting };
    } catch (error) {
      if (giveUp.aborted) throw (await container.engineProblem()) ?? notSeenInTime(place.imageId, error);
      if (!(error instanceof ContainerLostError)) throw error;
      throw (await container.engineProblem()) ?? cannotRunAgent(error);
    } finally {
      await container.remove();
    }
  }
}

function wasAskedToTheEnd({ exitCode, isLate }: Ending, output: string): boolean {
  return (
    exitCode === 0 &&
    !isLate &&
    (output === END_OF_ANSWERS || output.endsWith(END_OF_ANSWER + END_OF_ANSWERS))
  );
}

function notSeenInTime(imageId: string, cause?: unknown): ClocheError {
  const image = imageId.replace('sha256:', '').slice(0, ID_LENGTH);
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message: {
      en: `The image ${image} could not be looked at in time: it did not start, or a program in it did not tell its version.`,
      zh: `未能及时检查镜像 ${image}：容器未能启动，或其中的某个程序没有报告版本。`,
    },
    hint: {
      en: 'Run it again, with less beside it where the machine is busy. If it happens again, a toolchain of this image does not start: use another image (docker.image, CLOCHE_DOCKER_IMAGE).',
      zh: '请重试；如果机器繁忙，请减少其他负载。如果再次发生，说明该镜像中的工具链无法启动：请使用其他镜像（docker.image、CLOCHE_DOCKER_IMAGE）。',
    },
    retryable: true,
    cause,
  });
}

/** What lies on the disk may be damaged, or another version's. */
function isProbedImage(value: unknown): value is ProbedImage {
  if (typeof value !== 'object' || value === null) return false;
  const { versions, greeting } = value as Partial<Record<keyof ProbedImage, unknown>>;
  if (typeof versions !== 'object' || versions === null || Array.isArray(versions)) return false;
  return (
    Object.values(versions).every((version) => version === null || typeof version === 'string') &&
    isGreeting(greeting)
  );
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
