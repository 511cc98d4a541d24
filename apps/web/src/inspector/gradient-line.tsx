import { GRADIENT_STATES, type Moment } from '@backflow/graph';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { NumberText } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';

/** A gradient in its present state: not reached, partial, final, or known to be zero. */
export function GradientLine({ moment, node }: { moment: Moment; node: number }): JSX.Element {
  const texts = panelTexts(useApp()).inspector;
  switch (GRADIENT_STATES[moment.gradientState[node]]) {
    case 'none':
      return (
        <>
          {texts.unknown} <span class="quiet small">{texts.notReached}</span>
        </>
      );
    case 'partial':
      return (
        <>
          <NumberText value={moment.gradient[node]} signed /> + …{' '}
          <span class="quiet small">{texts.partial(moment.reported[node], moment.uses[node])}</span>
        </>
      );
    case 'final':
      return (
        <>
          <strong>
            <NumberText value={moment.gradient[node]} signed />
          </strong>{' '}
          <span class="quiet small">{texts.final}</span>
        </>
      );
    case 'zero':
      return (
        <>
          0 <span class="quiet small">{texts.zero}</span>
        </>
      );
  }
}
