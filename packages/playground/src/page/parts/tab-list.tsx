import type { KeyboardEvent, ReactElement, ReactNode } from 'react';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: ReactNode;
}

/** Tabs as WAI-ARIA has them: one stop for the Tab key, arrows between them. */
export function TabList<Id extends string>({
  label,
  name,
  tabs,
  selected,
  onSelect,
}: {
  readonly label: string;
  /** Makes the ids: a panel is labelled by `NAME-tab-ID`. */
  readonly name: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}): ReactElement {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex(({ id }) => id === selected);
    const isEdge = event.key === 'Home' || event.key === 'End';
    const next = isEdge
      ? tabs.at(event.key === 'Home' ? 0 : -1)
      : tabs.at((index + step + tabs.length) % tabs.length);
    if (!next) return;
    onSelect(next.id);
    document.querySelector<HTMLElement>(`#${name}-tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, label: tabLabel }) => (
        <button
          key={id}
          type="button"
          role="tab"
          className="tab"
          id={`${name}-tab-${id}`}
          aria-selected={id === selected}
          aria-controls={`${name}-panel`}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {tabLabel}
        </button>
      ))}
    </div>
  );
}

export function TabPanel({
  name,
  selected,
  className,
  children,
}: {
  readonly name: string;
  readonly selected: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div
      role="tabpanel"
      id={`${name}-panel`}
      aria-labelledby={`${name}-tab-${selected}`}
      className={className}
    >
      {children}
    </div>
  );
}
