const REFUSALS: readonly RegExp[] = [
  /\bI(?:['’]m| am) (?:sorry|afraid)\b[^.]*\b(?:can(?:['’]|no)t|cannot|unable|not able|won['’]t)\b/iu,
  /\bI (?:can(?:['’]t|not)|won['’]t|am unable to|am not able to|must decline to|have to decline)\s+(?:\w+\s+){0,3}?(?:help|assist|provide|create|write|generate|comply|fulfill?|do that|produce|share)/iu,
  /\bI(?:['’]m| am) (?:not able|unable) to (?:\w+ )?(?:help|assist|provide|create|write|generate|comply)/iu,
  /\bI (?:must|have to) (?:decline|refuse)/iu,
  /(?:抱歉|对不起|很遗憾)[^。]*(?:无法|不能|不可以)/u,
  /我(?:无法|不能)(?:提供|协助|帮助|编写|生成)/u,
];

/** Whether a text without a program says that there will be none. */
export function looksRefused(text: string): boolean {
  const beginning = text.slice(0, 600);
  return REFUSALS.some((refusal) => refusal.test(beginning));
}
