/** An answer as models give it. */
export function fenced(code: string, language = 'python', explanation = 'It does what was asked.'): string {
  return `\`\`\`${language}\n${code}\n\`\`\`\n${explanation}\n`;
}

/** Runs until it is killed; its process can be found by the mark. */
export function endless(mark: string): string {
  return `import time\nMARK = "${mark}"\nprint("begun", flush=True)\ntime.sleep(600)`;
}
