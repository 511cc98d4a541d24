import type { JSX } from 'preact';
import { NumberField } from '../../look/number-field.tsx';
import type { NetworkTabProps } from '../contract.ts';

/** Which example is looked at: the one that the page shows. */
export function ExampleChoice({ training, texts }: NetworkTabProps): JSX.Element | null {
  const dataset = training.dataset.value;
  const example = training.example.value;
  if (dataset === null) return null;
  const words = texts.gradients;
  const go = (index: number): void =>
    training.showExample(Math.max(0, Math.min(dataset.size - 1, Math.round(index))));
  return (
    <label>
      {words.example}{' '}
      <NumberField
        label={words.example}
        value={example?.index ?? 0}
        onEnter={go}
        onNudge={(direction, size) => go((example?.index ?? 0) + direction * Math.max(1, size))}
      />{' '}
      <span class="quiet">
        {words.ofExamples((dataset.size - 1).toLocaleString('en'))}
        {example !== null && example.index === null ? ` ${words.ownInput}` : ''}
      </span>
    </label>
  );
}
