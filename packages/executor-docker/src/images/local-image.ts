import { ClocheError } from '@cloche/core/executor';
import { TOOLCHAINS_IMAGE } from './toolchains-dockerfile.ts';

const REPOSITORY = TOOLCHAINS_IMAGE.replace(/:[^/]*$/u, '');

/**
 * Whether an image is made on this machine alone, by `cloche images build`. Such a one is never pulled: the name
 * belongs to nobody in a registry, so whoever takes it there could have their own image run here.
 */
export function isMadeHere(reference: string): boolean {
  const [name = ''] = reference.replace(/^(?:(?:index\.)?docker\.io|localhost)\//u, '').split('@');
  return name === REPOSITORY || name.startsWith(`${REPOSITORY}:`);
}

/** An image that {@link isMadeHere} is wanted and is not there. */
export function notMadeYet(reference: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `The image ${reference} is made on this machine, is not there yet, and is never pulled.`,
      zh: `镜像 ${reference} 应在本机构建，目前尚不存在，也从不从网络拉取。`,
    },
    hint: {
      en: 'Either make it: cloche images build. Or use the official images: unset CLOCHE_DOCKER_IMAGE, and take docker.image out of your configuration.',
      zh: '要么构建：cloche images build。要么改用官方镜像：取消 CLOCHE_DOCKER_IMAGE，并从配置中删除 docker.image。',
    },
  });
}
