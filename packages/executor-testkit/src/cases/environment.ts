import assert from 'node:assert/strict';
import { outputText } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { okJson, okText, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

/** What may have the same value as on the host. `CLOCHE_` variables are an executor's own marks. */
const MAY_BE_THE_HOSTS =
  /^(?:PATH|HOME|TMPDIR|LANG|LC_[A-Z]+|TZ|TERM|USER|LOGNAME|SHELL|PWD|SHLVL|_|CLOCHE_\w+)$/u;

const PRINT_ENVIRONMENT = `import json, os\nprint(json.dumps(dict(os.environ)))\n`;

export const ENVIRONMENT_CASES: ConformanceGroup = {
  concept: 'environment',
  cases: [
    {
      id: 'environment-is-an-allowlist',
      title: 'hands on no variable of the host but the few that are harmless',
      languages: ['python'],
      run: async (context) => {
        const { plan, observation } = context.start(python(PRINT_ENVIRONMENT));
        const { result } = await context.wait(observation, 'the result');
        const environment = okJson(result) as Record<string, string>;
        const { hostEnvironment } = context.canary;
        const isPlanned = (name: string): boolean =>
          plan.environment[name] !== undefined || MAY_BE_THE_HOSTS.test(name);
        const handedOn = Object.entries(environment)
          .filter(([name, value]) => hostEnvironment[name] === value && !isPlanned(name))
          .map(([name]) => name);
        assert.deepEqual(handedOn, [], 'variables of the host reach the program');
        assert.equal(environment[context.canary.name], undefined, 'the canary reaches the program');
        assert.equal(environment['PYTHONUNBUFFERED'], '1', 'the variables of the language are missing');
      },
    },
    {
      id: 'environment-of-the-request',
      title: 'gives the program the variables of the request as they are',
      languages: ['python'],
      run: async (context) => {
        const environment = {
          WORDS: 'two words',
          QUOTES: `'single' "double"`,
          SHELL_TEXT: '$(touch injected) `touch injected`; $HOME',
          LINES: 'one\ntwo\n',
          UNICODE: '你好 🔔',
          EMPTY: '',
          EQUALS: '=a=b=',
        };
        const { result } = await context.run(python(PRINT_ENVIRONMENT, { environment }));
        const seen = okJson(result) as Record<string, string>;
        for (const [name, value] of Object.entries(environment))
          assert.equal(seen[name], value, `the value of ${name}`);
        assert.deepEqual(result.artifacts, [], 'a part of a value was executed');
      },
    },
    {
      id: 'environment-of-the-request-wins',
      title: 'lets the variables of the request win over its own',
      languages: ['python'],
      run: async (context) => {
        const environment = { LANG: 'C', TMPDIR: '/elsewhere', HOME: '/nowhere', PYTHONUNBUFFERED: '' };
        const { result } = await context.run(python(PRINT_ENVIRONMENT, { environment }));
        const seen = okJson(result) as Record<string, string>;
        for (const [name, value] of Object.entries(environment))
          assert.equal(seen[name], value, `the value of ${name}`);
      },
    },
    {
      id: 'environment-speaks-utf8',
      title: 'runs programs in a UTF-8 locale, with a PATH',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`word='你好'\necho "\${#word} \${LC_ALL:-\${LANG:-none}}"\ncommand -v cat\n`),
        );
        const [locale = '', tool = ''] = okText(result).split('\n');
        assert.match(locale, /^2 .*UTF-?8$/iu, 'a Chinese word of two characters is not counted as two');
        assert.match(tool, /\/cat$/u, `cat is not found on the PATH: ${outputText(runOf(result).stderr)}`);
      },
    },
    {
      id: 'canary-is-not-in-own-environment',
      title: 'shows no secret of the host in /proc/self/environ',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`env; tr '\\0' '\\n' < /proc/self/environ; tr '\\0' '\\n' < /proc/$$/environ; echo end\n`),
        );
        const text = okText(result);
        assert.match(text, /PATH=[\s\S]*PATH=[\s\S]*end\n$/u, 'the environment was not printed');
        assert.ok(!text.includes(context.canary.value), 'the canary is in the environment of the program');
      },
    },
    {
      id: 'canary-is-in-no-process',
      title: 'shows no secret of the host in any readable /proc/*/environ, that of process 1 included',
      languages: ['python'],
      run: async (context) => {
        const code = `import glob, json, os, sys
canary = sys.stdin.read()
seen = {}
for path in ["/proc/1/environ", *glob.glob("/proc/[0-9]*/environ"), *glob.glob("/proc/[0-9]*/task/*/environ")]:
    try:
        with open(path, "rb") as file:
            seen[path] = canary in file.read().decode("utf-8", "replace")
    except OSError:
        pass
own = f"/proc/{os.getpid()}/environ"
print(json.dumps({"found": [path for path, found in seen.items() if found], "looked": own in seen}))
`;
        const { result } = await context.run(python(code, { stdin: context.canary.value }));
        assert.deepEqual(okJson(result), { found: [], looked: true });
      },
    },
  ],
};
