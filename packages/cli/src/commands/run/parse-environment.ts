import { printable } from '../../output/printable.ts';
import { invalidRequest } from './invalid-request.ts';

/**
 * The variables of `--env NAME=VALUE` and `--env NAME`, which takes the host's value.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID` for a variable that is not set here
 */
export function parseEnvironment(
  definitions: readonly string[],
  host: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    definitions.map((definition) => {
      const equals = definition.indexOf('=');
      if (equals >= 0) return [definition.slice(0, equals), definition.slice(equals + 1)];
      const value = host[definition];
      if (value !== undefined) return [definition, value];
      const name = printable(definition);
      throw invalidRequest(
        { en: `The variable ${name} of --env is not set here.`, zh: `--env 指定的变量 ${name} 在此未设置。` },
        { en: `Give it a value: --env ${name}=VALUE`, zh: `请给出值：--env ${name}=VALUE` },
      );
    }),
  );
}
