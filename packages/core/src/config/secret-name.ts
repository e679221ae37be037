const SECRET_NAME = /(?:key|token|secret|password|passphrase|credential)s?$/iu;

/** Whether a value of this name is secret: what an executor's own table holds is known by its name alone. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
