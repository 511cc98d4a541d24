import { panelsDe, panelsEn, type PanelMessages } from '@backflow/messages';
import type { App } from '../state/app.ts';

/** The words of panels and dialogs in the page's language. Both languages come with the first panel that opens. */
export function panelTexts(app: App): PanelMessages {
  return app.messages.value.trace.language === 'de' ? panelsDe : panelsEn;
}
