import type { LocalizedText } from '@cloche/core/executor';

/** What to do about an image that cannot be had. */
export function imageWaysOut(image: string): LocalizedText {
  return {
    en:
      `Either go online and fetch it ahead with \`cloche images pull\` (or \`docker pull ${image}\`), or use an image ` +
      'that is already here: set docker.image or CLOCHE_DOCKER_IMAGE, for example to the one that `cloche images build` makes.',
    zh:
      `要么联网后用 \`cloche images pull\`（或 \`docker pull ${image}\`）提前下载，要么使用本机已有的镜像：` +
      '设置 docker.image 或 CLOCHE_DOCKER_IMAGE，例如 `cloche images build` 构建的镜像。',
  };
}
