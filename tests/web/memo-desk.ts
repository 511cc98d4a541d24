import { loadMemoMessages } from '@backflow/messages';
import type { MemoDesk } from '../../apps/web/src/memo/contract.ts';
import { inspectedOf } from '../../apps/web/src/memo/inspected.ts';
import { forecastOf, type Forecast } from '../../apps/web/src/memo/predict/forecast.ts';
import { race } from '../../apps/web/src/memo/race.ts';
import { timelineOf } from '../../apps/web/src/memo/timelines.ts';
import type { App } from '../../apps/web/src/state/app.ts';

const texts = { value: await loadMemoMessages('en') } as Parameters<typeof inspectedOf>[1];

/** All that memoization adds to the page, but what needs a browser. */
export function memoDeskFor(app: App, forecast: Forecast = forecastOf(app)): MemoDesk {
  return {
    runner: race,
    timeline: timelineOf(app, texts),
    nameOf: String,
    inspected: inspectedOf(app, texts),
    View: () => null,
    forecast,
    Predict: () => null,
  };
}
