import type { Settings, SettingsPatch } from '../../api/settings.ts';
import { applyPatch } from './apply-patch.ts';

/** The changes of the settings that are under way, so that an answer takes none of them back. */
export class SettingsChanges {
  readonly #show: (settings: Settings) => void;
  readonly #unanswered = new Map<number, SettingsPatch>();
  #begun = 0;
  /** The newest one whose answer is shown. */
  #shown = 0;

  /** @param show puts settings before the reader */
  constructor(show: (settings: Settings) => void) {
    this.#show = show;
  }

  /** @param current what is shown now; null where nothing is yet */
  begin(patch: SettingsPatch, current: Settings | null): number {
    this.#begun += 1;
    this.#unanswered.set(this.#begun, patch);
    if (current) this.#showWhole(current);
    return this.#begun;
  }

  /** The server took it, and this is what it has now. */
  take(number: number, settings: Settings): void {
    this.#unanswered.delete(number);
    // A later change has an answer that knows of this one.
    if (number < this.#shown) return;
    this.#shown = number;
    this.#showWhole(settings);
  }

  /** It comes to nothing; what the server has must be looked at. */
  drop(number: number): void {
    this.#unanswered.delete(number);
  }

  /** To be called before the server is asked; what it gives takes the answer. */
  look(): (settings: Settings) => void {
    const begun = this.#begun;
    const isQuiet = this.#unanswered.size === 0;
    return (settings) => {
      // What was asked before a change has an answer from before it.
      if (isQuiet && begun === this.#begun) this.#showWhole(settings);
    };
  }

  /** As the server has them, and as they will be when it has said yes to what is still asked. */
  #showWhole(settings: Settings): void {
    this.#show([...this.#unanswered.values()].reduce(applyPatch, settings));
  }
}
