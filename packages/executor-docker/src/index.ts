export { TOOLCHAINS_BASE } from '@cloche/sandbox-agent';
export { dockerImages } from './images/docker-images.ts';
export type {
  BuildImageOptions,
  BuiltImage,
  DockerImages,
  ImagePullProgress,
  ListedImage,
  PulledImage,
  PullImagesOptions,
} from './images/docker-images.ts';
export { imageOf } from './images/image-of-language.ts';
export { TOOLCHAINS_IMAGE } from './images/toolchains-dockerfile.ts';
export { DEFAULT_DOCKER_OPTIONS, dockerOptionsSchema } from './options.ts';
export type { DockerOptions, PoolOptions } from './options.ts';
export { dockerExecutor, dockerExecutor as default } from './plugin.ts';
