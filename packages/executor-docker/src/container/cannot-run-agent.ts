export { cannotRunAgent } from '../engine/cannot-run-agent.ts';
