/** Characters of a model's words that are worth keeping. */
const MOST_CHARACTERS = 2000;

/** The beginning of what a model says, with a sign where it was cut. Half a character is replaced. */
export function shortenWords(words: string): string {
  return words.length <= MOST_CHARACTERS ? words : `${words.slice(0, MOST_CHARACTERS)}…`.toWellFormed();
}
