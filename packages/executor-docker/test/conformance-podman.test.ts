import { describeDockerConformance } from './support/describe-docker-conformance.ts';
import { findPodmanProblem, startPodmanService } from './support/podman-service.ts';

describeDockerConformance('podman', await findPodmanProblem(), async () => {
  const service = await startPodmanService();
  return {
    options: { host: service.address, image: service.image },
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
});
