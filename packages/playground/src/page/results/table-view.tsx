import type { ReactElement } from 'react';
import { formatCount } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { visibleText } from '../text/visible-text.ts';
import { parseTable } from './parse-table.ts';

const READ_ROWS = 100_000;
const SHOWN_ROWS = 200;
const SHOWN_COLUMNS = 60;
const NUMBER = /^[-+]?[\d.,\s]*\d%?$/u;

export function TableView({
  text,
  separator,
}: {
  readonly text: string;
  readonly separator: string | null;
}): ReactElement {
  const { t, locale } = useText();
  const [head = [], ...body] = parseTable(text, separator, READ_ROWS);
  const shown = body.slice(0, SHOWN_ROWS);
  return (
    <>
      <div className="table-frame" tabIndex={0} role="region" aria-label={t('filesTab')}>
        <table className="table">
          <thead>
            <tr>
              {head.slice(0, SHOWN_COLUMNS).map((name, column) => (
                <th key={column} scope="col">
                  {visibleText(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {row.slice(0, SHOWN_COLUMNS).map((value, column) => (
                  <td key={column} className={NUMBER.test(value) ? 'number' : undefined}>
                    {visibleText(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {body.length > shown.length && (
        <p className="hint">
          {t('rowsShown', {
            shown: formatCount(shown.length, locale),
            count: formatCount(body.length, locale),
          })}
        </p>
      )}
    </>
  );
}
