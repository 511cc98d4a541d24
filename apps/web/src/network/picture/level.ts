import { levelAt, type NetworkLevel, type NetworkParts } from '@backflow/graph';
import type { App } from '../../state/app.ts';

/** The level that the session has open. */
export function levelOf(app: App, parts: NetworkParts): NetworkLevel {
  return levelAt(app.session.value.network.path, parts);
}
