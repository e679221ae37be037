import { describeDockerConformance } from './support/describe-docker-conformance.ts';
import { findTestEngine } from './support/test-engine.ts';

const engine = await findTestEngine();

describeDockerConformance('docker', engine.available ? null : engine.reason, async () => {
  await Promise.resolve();
  return {
    options: { image: engine.available ? engine.image : null },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
