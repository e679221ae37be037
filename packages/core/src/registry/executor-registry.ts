import type { Executor, ExecutorHost, ExecutorPlugin } from '../executor/index.ts';
import { ClocheError } from '../executor/index.ts';
import { checkPlugin } from './check-plugin.ts';
import { executorNotFound } from './executor-not-found.ts';
import type { ExecutorLoader } from './executor-loader.ts';
import { validateOptions } from './validate-options.ts';

export interface RegistryOptions {
  readonly executors: Readonly<Record<string, ExecutorLoader>>;
  readonly resolve: (name: string) => Promise<ExecutorPlugin | null>;
  readonly addedNames: () => Promise<readonly string[]>;
  /** By the plugin's name. */
  readonly executorOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly originOf: (key: string) => string | null;
  readonly host: () => Promise<ExecutorHost>;
}

interface Instance {
  readonly plugin: ExecutorPlugin;
  readonly executor: Promise<Executor>;
}

/** Loads plugins when they are needed, each once, and creates the executor of each, once. */
export class ExecutorRegistry {
  readonly #options: RegistryOptions;
  /** By the name asked for, which may be a package's. */
  readonly #requested = new Map<string, Promise<Executor>>();
  /** By the name that the plugin gives itself. */
  readonly #instances = new Map<string, Instance>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  isBuiltIn(name: string): boolean {
    return Object.hasOwn(this.#options.executors, name);
  }

  builtInNames(): readonly string[] {
    return Object.keys(this.#options.executors);
  }

  /** Built in and added, each once, sorted. */
  async names(): Promise<readonly string[]> {
    const added = await this.#options.addedNames();
    return [...new Set([...this.builtInNames(), ...added])].toSorted();
  }

  /**
   * @throws ClocheError `ERR_EXECUTOR_NOT_FOUND`, `ERR_EXECUTOR_FAILED` (the plugin does not load or is none)
   *   or `ERR_CONFIG_INVALID` (its options)
   */
  executor(name: string): Promise<Executor> {
    return remember(this.#requested, name, () => this.#find(name));
  }

  /** The executors that were created so far, by name; nothing is loaded for it. */
  async created(): Promise<ReadonlyMap<string, Executor>> {
    const created = new Map<string, Executor>();
    for (const [name, { executor }] of this.#instances) {
      const [outcome] = await Promise.allSettled([executor]);
      if (outcome.status === 'fulfilled') created.set(name, outcome.value);
    }
    return created;
  }

  async #find(name: string): Promise<Executor> {
    const plugin = checkPlugin(name, await this.#load(name));
    if (plugin.name !== name && (this.isBuiltIn(name) || this.isBuiltIn(plugin.name)))
      throw wrongName(name, plugin.name);
    const known = this.#instances.get(plugin.name);
    if (known !== undefined) {
      // Two packages of one name would share options and results that cannot be told apart.
      if (known.plugin !== plugin) throw wrongName(name, plugin.name);
      return known.executor;
    }
    const executor = this.#create(plugin);
    this.#instances.set(plugin.name, { plugin, executor });
    executor.catch(() => this.#instances.delete(plugin.name));
    return executor;
  }

  async #load(name: string): Promise<unknown> {
    const loader = this.isBuiltIn(name) ? this.#options.executors[name] : undefined;
    try {
      const loaded = loader === undefined ? await this.#options.resolve(name) : await loader();
      if (loaded !== null) return loaded;
    } catch (error) {
      throw await this.#loadFailure(name, error);
    }
    throw executorNotFound(name, await this.#namesForMessage());
  }

  /** A list of plugins that cannot be read must not hide what the message is about. */
  async #namesForMessage(): Promise<readonly string[]> {
    const [names] = await Promise.allSettled([this.names()]);
    return names.status === 'fulfilled' ? names.value : this.builtInNames();
  }

  async #loadFailure(name: string, error: unknown): Promise<ClocheError> {
    if (ClocheError.isInstance(error)) return error;
    if (isModuleNotFound(error))
      return executorNotFound(name, [...(await this.#namesForMessage()), name], error);
    return pluginFailed(name, error);
  }

  async #create(plugin: ExecutorPlugin): Promise<Executor> {
    const values = Object.hasOwn(this.#options.executorOptions, plugin.name)
      ? (this.#options.executorOptions[plugin.name] ?? {})
      : {};
    try {
      const options = await validateOptions(plugin, values, this.#options.originOf);
      const executor = plugin.create(options, await this.#options.host());
      if (executor.specificationVersion !== plugin.specificationVersion || executor.name !== plugin.name) {
        throw wrongName(plugin.name, executor.name);
      }
      return executor;
    } catch (error) {
      throw ClocheError.isInstance(error) ? error : pluginFailed(plugin.name, error);
    }
  }
}

/** What failed is forgotten, since it may be there next time: a plugin is added while a server runs. */
function remember<Value>(
  memory: Map<string, Promise<Value>>,
  name: string,
  create: () => Promise<Value>,
): Promise<Value> {
  const known = memory.get(name);
  if (known !== undefined) return known;
  const created = create();
  memory.set(name, created);
  created.catch(() => memory.delete(name));
  return created;
}

function isModuleNotFound(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

function pluginFailed(name: string, cause: unknown): ClocheError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The plugin of the executor ${name} did not load: ${detail}`,
      zh: `执行器 ${name} 的插件加载失败：${detail}`,
    },
    hint: {
      en: `Install it again: cloche executors add ${name}`,
      zh: `请重新安装：cloche executors add ${name}`,
    },
    cause,
  });
}

function wrongName(asked: string, given: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The plugin loaded as the executor ${asked} calls itself ${given}; a name stands for one plugin.`,
      zh: `作为执行器 ${asked} 加载的插件自称 ${given}；一个名称只能对应一个插件。`,
    },
    hint: {
      en: 'See which plugins are there: cloche executors list',
      zh: '查看已有插件：cloche executors list',
    },
  });
}
