import { type ReactElement, useState } from 'react';
import { visibleText } from '../text/visible-text.ts';

/** Of each list and object; what is more is counted. */
const SHOWN_ENTRIES = 200;
const OPEN_DEPTH = 2;

/** Folded; what is no JSON is shown as it stands. */
export function JsonView({ text }: { readonly text: string }): ReactElement {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return (
      <pre className="artifact-text" tabIndex={0}>
        {visibleText(text)}
      </pre>
    );
  }
  return (
    <div className="json">
      <JsonNode name={null} value={value} depth={0} />
    </div>
  );
}

function JsonNode({
  name,
  value,
  depth,
}: {
  readonly name: string | null;
  readonly value: unknown;
  readonly depth: number;
}): ReactElement {
  const [isOpen, setIsOpen] = useState(depth < OPEN_DEPTH);
  const label = name === null ? null : <span className="json-name">{visibleText(name)}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <div className="json-leaf">
        {label}
        <span className={`json-${value === null ? 'null' : typeof value}`}>
          {visibleText(JSON.stringify(value))}
        </span>
      </div>
    );
  }
  const entries: [string, unknown][] = Object.entries(value);
  const isList = Array.isArray(value);
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {label}
        <span className="faint">
          {isList ? '[' : '{'} {entries.length} {isList ? ']' : '}'}
        </span>
      </summary>
      {/* What is folded is not there, so that depth costs nothing. */}
      {isOpen && (
        <div className="json-entries">
          {entries.slice(0, SHOWN_ENTRIES).map(([key, entry]) => (
            <JsonNode key={key} name={key} value={entry} depth={depth + 1} />
          ))}
          {entries.length > SHOWN_ENTRIES && <div className="faint">… {entries.length - SHOWN_ENTRIES}</div>}
        </div>
      )}
    </details>
  );
}
