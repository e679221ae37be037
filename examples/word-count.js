// The most frequent words of a text on standard input:
//   cloche run examples/word-count.js --stdin examples/data/brook.txt
// An argument says how many: -- 3

import { createInterface } from 'node:readline';

const wanted = Number(process.argv[2] ?? 5);
if (!Number.isInteger(wanted) || wanted < 1) {
  console.error(`How many words? ${process.argv[2]} is not a whole number above zero.`);
  process.exit(2);
}

const counts = new Map();
let lines = 0;
let words = 0;

for await (const line of createInterface({ input: process.stdin })) {
  lines += 1;
  for (const [word] of line.toLowerCase().matchAll(/\p{L}+(?:['’]\p{L}+)*/gu)) {
    words += 1;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}

console.log(`${lines} lines, ${words} words, ${counts.size} of them different`);

const ranking = [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
for (const [word, count] of ranking.slice(0, wanted)) {
  console.log(`${String(count).padStart(4)}  ${word.padEnd(10)} ${'#'.repeat(count)}`);
}
