import type { Rolldown } from 'tsdown';
import { nodesOf } from './syntax-tree.ts';

const BEYOND_ASCII = /[^\0-\x7F]/gu;

/**
 * Writes a command's code so that Node.js reads it quickly: without comments, which the sources keep, and in ASCII, of
 * which a megabyte need not be decoded. What is Chinese stands there as escapes.
 */
export function quickSource(): Rolldown.Plugin {
  return {
    name: 'quick-source',
    outputOptions: (options) => ({ ...options, comments: false }),
    renderChunk(code) {
      const isChanged = nodesOf(this.parse(code)).some(
        ({ type, start, end }) =>
          type === 'TaggedTemplateExpression' && code.slice(start, end).search(BEYOND_ASCII) >= 0,
      );
      // A tag sees an escape as it is written.
      if (isChanged)
        this.error('A tagged template has more than ASCII in it, which would become something else');
      return { code: code.replace(BEYOND_ASCII, escaped), map: null };
    },
  };
}

/** Of one character, which can be two units. */
function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
