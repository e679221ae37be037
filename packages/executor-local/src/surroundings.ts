import type { ExecutorHost } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { ControlGroupParent } from './control-group/control-group.ts';
import { rememberedControlGroupParent } from './control-group/remembered-parent.ts';
import type { LocalOptions } from './options.ts';
import type { SandboxChoice } from './sandbox/choose-sandbox.ts';
import { chooseSandbox } from './sandbox/choose-sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface FoundSurroundings {
  readonly sandbox: Sandbox;
  /** Null: there is none that this user may use. */
  readonly controlGroups: ControlGroupParent | null;
}

/** What this machine holds programs with. Looked for on first use, and once. */
export class Surroundings {
  readonly #options: LocalOptions;
  readonly #host: ExecutorHost;
  #sandbox: Promise<SandboxChoice> | null = null;
  #controlGroups: Promise<ControlGroupParent | null> | null = null;

  constructor(options: LocalOptions, host: ExecutorHost) {
    this.#options = options;
    this.#host = host;
  }

  /** @throws ClocheError with the reason why the sandbox that is asked for does not work here */
  async find(): Promise<FoundSurroundings> {
    const [choice, controlGroups] = await Promise.all([this.sandbox(), this.controlGroups()]);
    if (!choice.available) {
      throw new ClocheError({ code: choice.code, message: choice.reason, hint: choice.hint });
    }
    return { sandbox: choice.sandbox, controlGroups };
  }

  sandbox(): Promise<SandboxChoice> {
    this.#sandbox ??= chooseSandbox(this.#options.sandbox, this.#host);
    const chosen = this.#sandbox;
    void chosen.then(
      (choice) => {
        // What is missing may be installed while this process lives, so that only success is kept.
        if (!choice.available && this.#sandbox === chosen) this.#sandbox = null;
      },
      () => {
        if (this.#sandbox === chosen) this.#sandbox = null;
      },
    );
    return chosen;
  }

  controlGroups(): Promise<ControlGroupParent | null> {
    this.#controlGroups ??= rememberedControlGroupParent(this.#host);
    return this.#controlGroups;
  }
}
