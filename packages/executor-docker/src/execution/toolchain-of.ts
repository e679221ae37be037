import type { LanguageId, ToolchainProgram } from '@cloche/core/executor';
import { ClocheError, LANGUAGES } from '@cloche/core/executor';
import type { ConnectedEngine } from '../connected-engine.ts';
import type { Greeting } from '../container/greeting.ts';
import type { EngineImage } from '../engine/engine.ts';
import type { DockerOptions } from '../options.ts';

export interface ImageToolchain {
  readonly version: string | null;
  /** What a container of the image is held by. */
  readonly greeting: Greeting;
}

/** @throws ClocheError `ERR_LANGUAGE_UNSUPPORTED` where the image lacks a program that the language needs */
export async function toolchainOf(
  language: LanguageId,
  reference: string,
  image: EngineImage,
  options: DockerOptions,
  { probe, seccomp, isolationDetail }: ConnectedEngine,
): Promise<ImageToolchain> {
  const { user, runtime } = options;
  const programs: readonly ToolchainProgram[] = LANGUAGES[language].programs;
  const place = { imageId: image.id, coveredVolumes: image.volumes, user, runtime, seccomp };
  const { versions, greeting } = await probe.probe(place, programs, isolationDetail);
  const missing = programs.find(({ name }) => !Object.hasOwn(versions, name));
  if (missing !== undefined) throw missingToolchain(language, missing.name, reference);
  return { version: versions[programs[0]?.name ?? ''] ?? null, greeting };
}

function missingToolchain(language: LanguageId, program: string, reference: string): ClocheError {
  const { displayName } = LANGUAGES[language];
  return new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message: {
      en: `${displayName} needs ${program}, which the image ${reference} does not have.`,
      zh: `${displayName} 需要 ${program}，但镜像 ${reference} 中没有。`,
    },
    hint: {
      en: `Set another image for it ([docker.images] ${language} = …), or make one with every toolchain: cloche images build`,
      zh: `请为其设置其他镜像（[docker.images] ${language} = …），或构建包含全部工具链的镜像：cloche images build`,
    },
  });
}
