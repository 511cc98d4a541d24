import type { Language } from '@backflow/messages';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { DIGITS, THEMES, type Theme } from '../state/session.ts';
import { MenuSection } from './menu.tsx';

const LANGUAGES: readonly Language[] = ['en', 'de'];

/** What a reader sets up once: language, colours, digits, keys; and the optional update pass. */
export function Preferences(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.menu;
  const { language, theme, singleKeys } = app.settings.value;
  const digits = app.digits.value;
  const id = useId();
  const choices = Array.from({ length: DIGITS.most - DIGITS.least + 1 }, (_, i) => DIGITS.least + i);
  return (
    <MenuSection>
      <div class="row">
        <label for={`${id}language`}>{texts.language}</label>
        <select
          id={`${id}language`}
          class="field"
          value={language}
          onChange={(event) => app.setUp({ language: event.currentTarget.value as Language })}
        >
          {LANGUAGES.map((name) => (
            <option key={name} value={name} lang={name}>
              {texts.languages[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <label for={`${id}theme`}>{texts.theme}</label>
        <select
          id={`${id}theme`}
          class="field"
          value={theme}
          onChange={(event) => app.setUp({ theme: event.currentTarget.value as Theme })}
        >
          {THEMES.map((name) => (
            <option key={name} value={name}>
              {texts.themes[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <label for={`${id}digits`}>{texts.digits}</label>
        <select
          id={`${id}digits`}
          class="field"
          value={String(digits)}
          onChange={(event) => app.setUp({ digits: Number(event.currentTarget.value) })}
        >
          {choices.map((count) => (
            <option key={count} value={String(count)}>
              {texts.digitsOf(count)}
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <label for={`${id}keys`}>{texts.singleKeys}</label>
        <input
          id={`${id}keys`}
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => app.setUp({ singleKeys: event.currentTarget.checked })}
        />
      </div>
      <div class="row">
        <label for={`${id}rate`}>{texts.rate}</label>
        <input
          id={`${id}rate`}
          class="field"
          type="number"
          step="any"
          placeholder={texts.rateHint}
          value={app.session.value.rate ?? ''}
          onChange={(event) => {
            const rate = event.currentTarget.valueAsNumber;
            app.update({ rate: Number.isFinite(rate) ? rate : null });
          }}
        />
      </div>
    </MenuSection>
  );
}
