/** RFC 4180, read kindly: quotes anywhere in a field, line ends of all kinds, and whatever follows a broken one. */
export function parseTable(text: string, separator: string | null, maximumRows: number): string[][] {
  const rows: string[][] = [];
  const mark = separator ?? guessSeparator(text);
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  const endRow = (): void => {
    row.push(field);
    field = '';
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let index = text.codePointAt(0) === 0xfeff ? 1 : 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else isQuoted = false;
    } else if (character === '"' && field === '') isQuoted = true;
    else if (character === mark) {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      endRow();
      if (rows.length >= maximumRows) return rows;
    } else if (character !== '\r' || text[index + 1] !== '\n') field += character;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}

/** Whichever the first line has most of. */
function guessSeparator(text: string): string {
  const line = text.slice(0, 4096).split('\n', 1)[0] ?? '';
  const count = (mark: string): number => line.split(mark).length;
  return [',', ';', '\t'].toSorted((left, right) => count(right) - count(left))[0] ?? ',';
}
