import { en, loadMessages } from '@backflow/messages';

export { en };
export const de = await loadMessages('de');
