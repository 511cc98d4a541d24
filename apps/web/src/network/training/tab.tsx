import type { JSX } from 'preact';
import type { NetworkTabProps } from '../contract.ts';
import { useAnswers } from './answers.ts';
import { Curves } from './curves.tsx';
import { Neurons } from './neurons.tsx';
import { isDrawn, Plane } from './plane.tsx';
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
  const plane = data !== null && isDrawn(data);
  const answers = data === null ? null : <Predictions key="answers" {...props} dataset={data} {...known} />;
  const curves = training.state.value === 'none' ? null : <Curves key="curves" {...props} />;
  const confusion =
    data === null || !isClasses ? null : (
      <Confusion key="confusion" texts={texts} dataset={data} answers={known.answers} />
    );
  const saving = <Saving key="saving" {...props} />;
  const [left, right] = plane
    ? [
        [<Plane key="plane" {...props} dataset={data} answers={known.answers} />, answers],
        [curves, confusion, saving],
      ]
    : [
        [curves, confusion, answers === null ? saving : null],
        [answers, answers === null ? null : saving],
      ];
  return (
    <div class="training">
      <div class="training-column">{left}</div>
      {right.every((card) => card === null) ? null : <div class="training-column">{right}</div>}
      <Neurons {...props} dataset={data} />
    </div>
  );
}
