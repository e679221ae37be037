import type Dockerode from 'dockerode';
import type { EngineModem } from './engine-modem.ts';

type DockerodeClass = typeof Dockerode;

let loading: Promise<DockerodeClass> | null = null;

/** Loaded on the first use and not before: it takes a quarter of a second. */
export function loadDockerode(): Promise<DockerodeClass> {
  loading ??= import('dockerode').then((module) => module.default);
  return loading;
}

/** dockerode takes a modem in place of its own, which its types do not say. */
export function createDockerode(dockerode: DockerodeClass, modem: EngineModem): Dockerode {
  return new dockerode({ modem } as Dockerode.DockerOptions);
}
