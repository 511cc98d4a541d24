import { useEffect } from 'preact/hooks';
import type { NetworkTabProps } from '../contract.ts';
import { surveyorWith, type SurveyState } from './surveying.ts';
import type { Share } from './view.ts';

/** What was found out about the document's network; kept while other tabs are looked at. */
const surveyor = surveyorWith();

/** Goes through the data whenever parameters, network or data are others, as long as somebody looks. */
export function useSurvey({ network, training }: NetworkTabProps, share: Share): SurveyState {
  const dataset = training.dataset.value;
  const split = training.split.value;
  const parameters = training.parameters.value;
  const running = training.state.value === 'running';
  const { network: spec, loss } = network;
  const key = JSON.stringify([spec, loss]);
  useEffect(() => {
    if (dataset === null || loss === null) return;
    const last = surveyor.state.peek().last?.question;
    const examples =
      share === 'all' || split === null || split[share].length === 0
        ? Int32Array.from({ length: dataset.size }, (_, i) => i)
        : split[share];
    const known =
      last !== undefined &&
      last.dataset === dataset &&
      last.parameters === parameters &&
      JSON.stringify([last.network, last.loss]) === key &&
      last.examples.length === examples.length &&
      last.examples.every((each, i) => each === examples[i]);
    if (!known) surveyor.ask({ network: spec, loss, parameters, dataset, examples }, running);
  }, [dataset, split, parameters, key, share, running]);
  useEffect(() => () => surveyor.stop(), []);
  return surveyor.state.value;
}
