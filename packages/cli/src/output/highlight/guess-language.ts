import type { LanguageId } from '@cloche/core/executor';
import { languageFromShebang } from '@cloche/core/executor';

/** What a line of each language looks like that no other one has. The first that fits. */
const SIGNS: readonly (readonly [LanguageId, RegExp])[] = [
  ['go', /^package \w+$/mu],
  ['cpp', /^#include <(?:iostream|vector|string|map|algorithm|\w+)>|^using namespace /mu],
  ['c', /^#include [<"]\w+(?:\/\w+)?\.h[>"]/mu],
  ['java', /^(?:import (?:static )?javax?\.|package [\w.]+;|(?:public )?(?:final )?class \w+.*\{)/mu],
  ['rust', /^(?:use \w+::|fn \w+|impl\b|pub (?:fn|struct|enum) |#!?\[)/mu],
  ['typescript', /^(?:interface \w+|type \w+ =|(?:const|let) \w+: |(?:export )?function .*\): \w)/mu],
  [
    'javascript',
    /^(?:import .* from ['"]|(?:const|let|var) .*=|'use strict'|(?:async )?function \w+)|console\.log/mu,
  ],
  ['python', /^(?:import [\w., ]+$|from [\w.]+ import |def \w+\(|class \w+.*:$|print\()/mu],
];

/** A guess, good enough for colours. Null: nothing speaks for any. */
export function guessLanguage(code: string): LanguageId | null {
  return languageFromShebang(code) ?? SIGNS.find(([, sign]) => sign.test(code))?.[0] ?? null;
}
