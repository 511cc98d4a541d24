import type { App } from '../../state/app.ts';
import type { Run } from '../../state/run.ts';

/** Whether the learner is still asked, so that nothing may be said that a later step tells. */
export function predicting(app: App, run: Run): boolean {
  return app.session.value.predict !== 'off' && app.position.value < run.trace.length;
}
