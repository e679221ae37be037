import type { ExecutionPlan, ExecutorCapabilities, LocalizedText } from '../executor/index.ts';
import { ClocheError, isIsolationAtLeast, LANGUAGES, LIMIT_ENFORCED_BY } from '../executor/index.ts';
import { limitFlag } from './limit-flag.ts';
import type { RunDemands } from './run-demands.ts';

/**
 * The plan as this executor can carry it out. What the caller asked for is never changed.
 *
 * @throws ClocheError `ERR_LANGUAGE_UNSUPPORTED` or `ERR_CAPABILITY_UNSUPPORTED` with what is missing
 */
export function fitPlan(
  name: string,
  demands: RunDemands,
  capabilities: ExecutorCapabilities,
): ExecutionPlan {
  const { plan } = demands;
  checkIsolation(name, demands, capabilities);
  checkArguments(name, demands, capabilities);
  checkLanguage(name, plan, capabilities);
  checkRequiredLimits(name, plan, capabilities);
  checkNetwork(name, plan, capabilities);
  checkStdin(name, plan, capabilities);
  if (!plan.collectArtifacts || capabilities.artifacts) return plan;
  if (demands.areArtifactsRequired) {
    throw unsupported(
      { en: `The executor ${name} cannot give back files.`, zh: `执行器 ${name} 无法返回文件。` },
      {
        en: 'Do without the files, or choose another executor; `cloche doctor` says what each one offers.',
        zh: '请不要求返回文件，或选择其他执行器；`cloche doctor` 会显示各自的能力。',
      },
    );
  }
  return { ...plan, collectArtifacts: false };
}

function checkIsolation(
  name: string,
  { minimumIsolation }: RunDemands,
  { isolation }: ExecutorCapabilities,
): void {
  if (isIsolationAtLeast(isolation, minimumIsolation)) return;
  throw unsupported(
    {
      en: `The executor ${name} has the isolation ${isolation}; isolation.minimum asks for at least ${minimumIsolation}.`,
      zh: `执行器 ${name} 的隔离级别为 ${isolation}；isolation.minimum 要求至少为 ${minimumIsolation}。`,
    },
    {
      en: 'See what each executor offers with `cloche doctor`, or lower isolation.minimum (CLOCHE_ISOLATION_MINIMUM) if you trust the program.',
      zh: '用 `cloche doctor` 查看各执行器的能力；如果信任该程序，可降低 isolation.minimum（CLOCHE_ISOLATION_MINIMUM）。',
    },
  );
}

/** An argument can be a program (`python3 -c …`), and a repository's own must not run beside the user's files. */
function checkArguments(
  name: string,
  { plan, untrustedArguments }: RunDemands,
  { isolation }: ExecutorCapabilities,
): void {
  if (untrustedArguments === null || isolation !== 'none') return;
  const key = `languages.${plan.language}.compileArguments`;
  throw unsupported(
    {
      en: `${untrustedArguments.name} sets ${key}. A project's file is not trusted, and the executor ${name} has the isolation none, where such arguments run like any program of yours.`,
      zh: `${untrustedArguments.name} 设置了 ${key}。项目文件不受信任，而执行器 ${name} 的隔离级别为 none，这些参数会像您自己的程序一样运行。`,
    },
    {
      en: 'If you trust these arguments, move them to your own config.toml (`cloche config --sources` says what comes from where). Else use an executor with a sandbox; `cloche doctor` says which one has it.',
      zh: '如果信任这些参数，请把它们移到您自己的 config.toml（`cloche config --sources` 显示每个值的来源）；否则请使用带沙箱的执行器，`cloche doctor` 会显示哪个可用。',
    },
  );
}

function checkLanguage(name: string, plan: ExecutionPlan, { languages }: ExecutorCapabilities): void {
  const language = languages[plan.language];
  // What it does not know without the run it finds out there, before anything starts.
  if (language === undefined || language.available) return;
  const { displayName } = LANGUAGES[plan.language];
  throw new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message: {
      en: `The executor ${name} cannot run ${displayName}: ${language.reason.en}`,
      zh: `执行器 ${name} 无法运行 ${displayName}：${language.reason.zh}`,
    },
    hint: language.hint,
  });
}

function checkRequiredLimits(name: string, plan: ExecutionPlan, { limits }: ExecutorCapabilities): void {
  for (const limitName of plan.requiredLimits) {
    const limit = LIMIT_ENFORCED_BY[limitName];
    if (limit === null || limits[limit] === 'enforced') continue;
    const flag = limitFlag(limitName);
    const [how, howChinese] =
      limits[limit] === 'best-effort' ? ['only watch', '只能尽力监控'] : ['not hold', '无法执行'];
    throw unsupported(
      {
        en: `The limit ${limitName} (${flag}) was given, and the executor ${name} can ${how} it here.`,
        zh: `已指定限制 ${limitName}（${flag}），但执行器 ${name} 在此${howChinese}该限制。`,
        withoutFlags: {
          en: `The limit ${limitName} was given, and the executor ${name} can ${how} it here.`,
          zh: `已指定限制 ${limitName}，但执行器 ${name} 在此${howChinese}该限制。`,
        },
      },
      {
        en: `Leave ${flag} out to run without that promise, or choose another executor; \`cloche doctor\` says which one holds it.`,
        zh: `去掉 ${flag} 可在没有该保证的情况下运行，或选择其他执行器；\`cloche doctor\` 会显示哪个支持。`,
        withoutFlags: {
          en: `Leave the limit out to run without that promise. The person who runs this server can choose another executor (CLOCHE_EXECUTOR); \`cloche doctor\` says which one holds it.`,
          zh: `去掉该限制可在没有该保证的情况下运行。服务器的使用者可以选择其他执行器（CLOCHE_EXECUTOR）；\`cloche doctor\` 会显示哪个支持。`,
        },
      },
    );
  }
}

function checkStdin(name: string, { stdin }: ExecutionPlan, capabilities: ExecutorCapabilities): void {
  if (stdin.kind === 'none' || capabilities.stdin.includes(stdin.kind)) return;
  const what = stdin.kind === 'stream' ? 'standard input while the program runs' : 'standard input';
  const whatChinese = stdin.kind === 'stream' ? '在程序运行时提供标准输入' : '提供标准输入';
  throw unsupported(
    { en: `The executor ${name} cannot give ${what}.`, zh: `执行器 ${name} 无法${whatChinese}。` },
    {
      en: 'Put the input into a file: --file input.txt',
      zh: '请将输入放入文件：--file input.txt',
      withoutFlags: {
        en: 'Put the input into one of the files that go with the run.',
        zh: '请将输入放入随运行传入的文件（files）。',
      },
    },
  );
}

function checkNetwork(name: string, plan: ExecutionPlan, { networks }: ExecutorCapabilities): void {
  const { network, isNetworkRequired } = plan;
  if (!isNetworkRequired || networks.includes(network)) return;
  const offered = networks.join(', ');
  throw unsupported(
    {
      en: `The executor ${name} cannot offer the network policy ${network} (--network) here, only: ${offered}.`,
      zh: `执行器 ${name} 在此无法提供网络策略 ${network}（--network），仅支持：${offered}。`,
      withoutFlags: {
        en: `The executor ${name} cannot offer the network policy ${network} here, only: ${offered}.`,
        zh: `执行器 ${name} 在此无法提供网络策略 ${network}，仅支持：${offered}。`,
      },
    },
    {
      en: 'Choose another policy with --network, or another executor; `cloche doctor` says what each one offers.',
      zh: '用 --network 选择其他策略，或选择其他执行器；`cloche doctor` 会显示各自的能力。',
      withoutFlags: {
        en: 'Choose another policy. The person who runs this server can choose another executor (CLOCHE_EXECUTOR) or policy (CLOCHE_NETWORK); `cloche doctor` says what each executor offers.',
        zh: '请选择其他策略。服务器的使用者可以选择其他执行器（CLOCHE_EXECUTOR）或策略（CLOCHE_NETWORK）；`cloche doctor` 会显示各执行器的能力。',
      },
    },
  );
}

function unsupported(message: LocalizedText, hint: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_CAPABILITY_UNSUPPORTED', message, hint });
}
