import type { ExecutionPlan, ExecutionResult, LocalizedText, PlanFile } from '../../executor/index.ts';
import { LANGUAGES, transformedPath } from '../../executor/index.ts';

const MOST_NAMES = 5;

export interface SessionFileLimits {
  readonly bytes: number;
  readonly count: number;
}

/** The work directory of a session between two runs. */
export class SessionFiles {
  readonly #limits: SessionFileLimits;
  #files: readonly PlanFile[] = [];

  constructor(limits: SessionFileLimits) {
    this.#limits = limits;
  }

  /** The plan with everything that is kept laid beneath its own files, which take the place of what they collide with. */
  beneath(plan: ExecutionPlan): ExecutionPlan {
    if (this.#files.length === 0) return plan;
    const taken = new PathSet([...plan.files, ...this.#files].flatMap((file) => madeOf(plan, file)));
    for (const { path } of plan.files) taken.add(path);
    const kept = this.#files.filter(({ path }) => !taken.collidesWith(path));
    return { ...plan, files: [...plan.files, ...kept] };
  }

  /** @returns what could not be kept, to be told */
  take(plan: ExecutionPlan, result: ExecutionResult): readonly LocalizedText[] {
    const lost = result.omittedArtifacts.map(({ path }) => path);
    const changed = new PathSet(result.artifacts.map(({ path }) => path));
    const gone = new Set([plan.entry, ...result.removedFiles, ...lost]);
    const unchanged = plan.files.filter(({ path }) => !gone.has(path) && !changed.collidesWith(path));
    const kept: PlanFile[] = [];
    let bytesLeft = this.#limits.bytes;
    for (const file of [...unchanged, ...result.artifacts]) {
      if (kept.length === this.#limits.count || file.content.length > bytesLeft) lost.push(file.path);
      else {
        bytesLeft -= file.content.length;
        kept.push(file);
      }
    }
    this.#files = kept;
    return lost.length === 0 ? [] : [notKept(lost)];
  }

  clear(): void {
    this.#files = [];
  }
}

/** Where the compile phase puts the JavaScript of a file. */
function madeOf({ compile }: ExecutionPlan, { path }: PlanFile): readonly string[] {
  const isTransformed =
    compile?.kind === 'host-transform' &&
    LANGUAGES.typescript.extensions.some((extension) => path.toLowerCase().endsWith(extension));
  return isTransformed ? [transformedPath(path)] : [];
}

/** Paths of which no two can be files at the same time: the same one, or one below the other. */
class PathSet {
  readonly #paths = new Set<string>();
  readonly #parents = new Set<string>();

  constructor(paths: readonly string[]) {
    for (const path of paths) this.add(path);
  }

  add(path: string): void {
    this.#paths.add(path);
    for (const parent of parentsOf(path)) this.#parents.add(parent);
  }

  collidesWith(path: string): boolean {
    return (
      this.#paths.has(path) ||
      this.#parents.has(path) ||
      parentsOf(path).some((parent) => this.#paths.has(parent))
    );
  }
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    parents.push(path.slice(0, end));
  return parents;
}

function notKept(paths: readonly string[]): LocalizedText {
  const names = paths.slice(0, MOST_NAMES).map((path) => JSON.stringify(path));
  const others = paths.length - names.length;
  return {
    en: `Not kept in the session: ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}. It keeps regular files, up to its limits of size and number.`,
    zh: `未保留在会话中：${names.join('、')}${others > 0 ? ` 等 ${paths.length} 个` : ''}。会话只保留普通文件，且有大小和数量上限。`,
  };
}
