import type { JSX } from 'preact';
import type { NetworkTabProps } from '../contract.ts';
import { useAnswers } from './answers.ts';
import { Curves } from './curves.tsx';
import { Neurons } from './neurons.tsx';
import { Plane } from './plane.tsx';
import { Confusion, Predictions } from './predictions.tsx';
import { Saving } from './saving.tsx';
import './training.css';

/** What training does: curves, the boundary, answers, neurons and their weights. */
export function TrainingTab(props: NetworkTabProps): JSX.Element {
  const { training, texts } = props;
  const dataset = training.dataset.value;
  const fits = dataset !== null && dataset.inputs === props.network.network.sizes[0];
  const known = useAnswers(props);
  const isClasses = dataset?.task === 'classification';
  const data = fits && props.network.loss !== null ? dataset : null;
  return (
    <div class="training">
      {data === null ? null : <Plane {...props} dataset={data} answers={known.answers} />}
      {training.state.value === 'none' ? null : <Curves {...props} />}
      {data === null ? null : <Predictions {...props} dataset={data} {...known} />}
      {data === null || !isClasses ? null : (
        <Confusion texts={texts} dataset={data} answers={known.answers} />
      )}
      <Neurons {...props} dataset={data} />
      <Saving {...props} />
    </div>
  );
}
