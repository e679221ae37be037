import { randomBytes } from 'node:crypto';

/** A secret in this process's environment that no program may ever see. */
export interface EnvironmentCanary {
  readonly name: string;
  readonly value: string;
  /** What else the environment held when the canary was planted. */
  readonly hostEnvironment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

/** Call it before the executor is created, so that the executor has every chance to hand it on. */
export function plantCanary(): EnvironmentCanary {
  const token = randomBytes(8).toString('hex');
  const name = `CANARY_${token.toUpperCase()}`;
  const value = `canary-${token}`;
  const hostEnvironment: Record<string, string> = {};
  for (const [key, text] of Object.entries(process.env)) {
    if (text !== undefined) hostEnvironment[key] = text;
  }
  process.env[name] = value;
  return {
    name,
    value,
    hostEnvironment,
    remove: () => {
      Reflect.deleteProperty(process.env, name);
    },
  };
}
