import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly T[];
  readonly current: T;
  readonly name: (tab: T) => string;
  /** The id of the element a tab shows. */
  readonly panel: (tab: T) => string;
  readonly onChange: (tab: T) => void;
}

/** Tabs as the ARIA practices describe them: the arrows move and choose. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const { label, tabs, current, name, panel, onChange } = props;
  const list = useRef<HTMLDivElement>(null);
  const choose = (index: number): void => {
    const tab = tabs[(index + tabs.length) % tabs.length];
    onChange(tab);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(tab)]?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab, index) => (
        <button
          key={tab}
          type="button"
          role="tab"
          class="tab"
          aria-selected={tab === current}
          aria-controls={tab === current ? panel(tab) : undefined}
          tabIndex={tab === current ? 0 : -1}
          onClick={() => onChange(tab)}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey) return;
            if (event.key === 'ArrowRight') choose(index + 1);
            else if (event.key === 'ArrowLeft') choose(index - 1);
            else return;
            event.preventDefault();
          }}
        >
          {name(tab)}
        </button>
      ))}
    </div>
  );
}
