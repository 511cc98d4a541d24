import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { Icon } from './icons.tsx';

/** What the page has to tell about itself, above the graph. */
export function Notices(): JSX.Element {
  const app = useApp();
  const messages = app.messages.value;
  // A projector shows only what a class must know.
  const { projector } = app.session.value;
  const shown = app.notices.value.filter(({ tone }) => !projector || tone === 'warning');
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown.map(({ id, tone, text, actions }) => (
        <div key={id} class={`notice ${tone}`}>
          <p>{text(messages)}</p>
          {actions.map((action, index) => (
            <button key={index} type="button" class="button outlined" onClick={action.perform}>
              {action.label(messages)}
            </button>
          ))}
          <button
            type="button"
            class="button"
            aria-label={messages.page.notices.close}
            onClick={() => app.dismiss(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
