import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseOwner } from '@cloche/core/executor';
import { environment } from '../../src/environment.ts';

/** What every test that needs an image runs in; `scripts/engine/prepare` makes it. */
export const TEST_IMAGE = 'cloche-test:toolchains';

const HOST = environment['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';

interface EngineAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks the engine itself, not through what is tested. */
export function askEngine(method: string, path: string): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: HOST.slice('unix://'.length), method, path, timeout: 20_000 });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('the engine does not answer')));
    outgoing.on('response', (answer) => {
      text(answer).then((body) => {
        resolve({ status: answer.statusCode ?? 0, body });
      }, reject);
    });
    outgoing.end();
  });
}

/** Why the tests of images cannot run here; null when they can. */
export async function engineProblem(): Promise<string | null> {
  if (!HOST.startsWith('unix://')) return `these tests ask a local engine, and DOCKER_HOST is ${HOST}`;
  const answer = await askEngine('GET', `/images/${TEST_IMAGE}/json`).catch((error: unknown) =>
    String(error),
  );
  if (typeof answer === 'string') return `no container engine answers at ${HOST} (${answer})`;
  return answer.status === 200 ? null : `the image ${TEST_IMAGE} is missing: scripts/engine/prepare`;
}

/** The ids of the containers that the process `pid` of this machine owns. */
export async function containersOf(pid: number): Promise<readonly string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: ['dev.cloche.owner'] }));
  const { body } = await askEngine('GET', `/containers/json?all=true&filters=${filters}`);
  return (JSON.parse(body) as readonly ListedContainer[])
    .filter(({ Labels }) => parseOwner(Labels['dev.cloche.owner'] ?? '')?.pid === pid)
    .map(({ Id }) => Id);
}

interface ListedContainer {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** For the command: this engine, and that image. */
export const ENGINE_ENVIRONMENT: Readonly<Record<string, string>> = {
  CLOCHE_DOCKER_HOST: HOST,
  CLOCHE_DOCKER_IMAGE: TEST_IMAGE,
};

/** With what a build that failed has made on top of it. Without effect where it is not there. */
export async function removeImage(reference: string): Promise<void> {
  const { status, body } = await askEngine('GET', `/images/${reference}/json`);
  if (status !== 200) return;
  const all = JSON.parse((await askEngine('GET', '/images/json?all=true')).body) as readonly ListedImage[];
  const { Id: id } = JSON.parse(body) as Pick<ListedImage, 'Id'>;
  for (const descendant of descendantsOf(id, all)) await askEngine('DELETE', `/images/${descendant}`);
  await askEngine('DELETE', `/images/${reference}?force=true`);
}

interface ListedImage {
  readonly Id: string;
  readonly ParentId: string;
}

/** The youngest first. */
function descendantsOf(id: string, all: readonly ListedImage[]): string[] {
  return all
    .filter(({ ParentId }) => ParentId === id)
    .flatMap((child) => [...descendantsOf(child.Id, all), child.Id]);
}
