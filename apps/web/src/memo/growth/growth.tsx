import type { MemoMessages } from '@backflow/messages';
import { nameToText } from '@backflow/print';
import {
  ALGORITHM_NAMES,
  COUNTERS,
  DOUBLING,
  FIBONACCI,
  liveGraphOf,
  networksOfWidth,
  seriesOf,
  type Family,
  type LiveGraph,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { MemoChoice } from '../../state/session.ts';
import { GROWTH_FAMILIES, type GrowthFamily, type MemoTabProps } from '../contract.ts';
import { change, growthView, REACHES, WIDTHS, type GrowthView } from './growth-state.ts';
import { curvesOf, readOff } from './lines.ts';
import { Digits, Networks } from './networks.tsx';
import { Plot } from './plot.tsx';
import { Reading } from './reading.tsx';
import { log10Of, powerOfTen } from './scale.ts';
import './growth.css';

/** Leaves that can be chosen. */
const MOST_LEAVES = 200;
/** Digits of the largest number of paths that is worked with, in bits. */
const MOST_BITS = 60_000;

/** What every algorithm costs as the program grows. */
export function GrowthTab({ app, run, texts }: MemoTabProps): JSX.Element {
  const words = texts.growth;
  const view = growthView.value;
  const { memo } = app.session.value;
  const choose = (next: Partial<MemoChoice>): void =>
    app.update({ memo: { ...app.session.peek().memo, ...next } });
  const graph = useMemo(() => liveGraphOf(run.shown), [run.shown]);
  const leaves = useMemo(() => leavesOf(graph), [graph]);
  const selected = app.selected.value;
  const asked = view.leaf === null ? -1 : (run.nodeOfKey.get(view.leaf) ?? -1);
  const leaf = [asked, selected].find((node) => leaves.includes(node)) ?? leaves[0] ?? -1;
  const nameOf = (node: number): string => nameToText(run.shown.names.get(node) ?? run.keys[node]);

  const own = memo.family === 'own';
  const family = useMemo(
    () => familyOf(memo.family, view, graph, leaf),
    [memo.family, view.width, graph, own ? leaf : 0],
  );
  return (
    <div class="growth">
      <Digits texts={texts} />
      <div class="growth-tools">
        <label>
          {words.family}{' '}
          <Choice
            of={GROWTH_FAMILIES}
            value={memo.family}
            name={(name) => words.families[name]}
            onChange={(family) => choose({ family })}
          />
        </label>
        {memo.family === 'network' ? (
          <label>
            {words.width}{' '}
            <Choice
              of={WIDTHS.map(String)}
              value={String(view.width)}
              name={(width) => width}
              onChange={(width) => change({ width: Number(width) })}
            />
          </label>
        ) : null}
        {own && leaves.length > 0 ? (
          <label>
            {words.leaf}{' '}
            <Choice
              of={leaves.slice(0, MOST_LEAVES).map((node) => run.keys[node])}
              value={run.keys[leaf]}
              name={(key) => nameOf(run.nodeOfKey.get(key) ?? leaf)}
              onChange={(key) => change({ leaf: key })}
            />
          </label>
        ) : null}
        <label>
          {words.counter}{' '}
          <Choice
            of={COUNTERS}
            value={memo.counter}
            name={(name) => words.counters[name]}
            onChange={(counter) => choose({ counter })}
          />
        </label>
      </div>
      <p class="growth-about">
        <MathText text={own ? words.about.own(leaf < 0 ? '' : nameOf(leaf)) : words.about[aboutOf(memo)]} />
      </p>
      {family === null ? (
        <p>{words.noLeaf}</p>
      ) : (
        <Curves key={memo.family} family={family} view={view} memo={memo} choose={choose} texts={texts} />
      )}
      <Networks texts={texts} />
    </div>
  );
}

function aboutOf({ family }: MemoChoice): 'doubling' | 'fibonacci' | 'network' {
  return family === 'own' ? 'doubling' : family;
}

interface CurvesProps {
  readonly family: Family;
  readonly view: GrowthView;
  readonly memo: MemoChoice;
  readonly choose: (next: Partial<MemoChoice>) => void;
  readonly texts: MemoMessages;
}

/** The plot, the slider below it, and the numbers at its place. */
function Curves({ family, view, memo, choose, texts }: CurvesProps): JSX.Element {
  const words = texts.growth;
  const [pointed, setPointed] = useState<number | null>(null);
  const { counter } = memo;
  const reaches = reachesOf(family, memo);
  // A link may name a size beyond the plot as it is drawn first.
  const wanted = Math.max(view.reach[memo.family], Math.min(memo.size, reaches[reaches.length - 1]));
  const reach = reaches.find((reach) => reach >= wanted) ?? reaches[reaches.length - 1];
  const size = Math.max(family.least, Math.min(reach, memo.size));
  const { shown } = view;
  const names = ALGORITHM_NAMES.filter((name) => shown.has(name));
  const curves = useMemo(
    () => curvesOf(family, reach, counter, names, (name) => texts.algorithms.names[name], words.alike),
    [family, reach, counter, shown, texts],
  );
  const pick = (x: number): void => choose({ size: x });
  const sizeName = words.size[memo.family];
  return (
    <>
      <Plot
        label={words.plot(words.counters[counter], words.families[memo.family])}
        lines={readOff(curves, family, pointed ?? size, counter)}
        from={family.least}
        to={reach}
        rows={24}
        xLabel={words.axis}
        yLabel={words.logarithmic(words.counters[counter])}
        tickText={powerOfTen}
        fromZero={false}
        cursor={pointed ?? size}
        onPoint={setPointed}
        onPick={pick}
      />
      <div class="growth-size">
        <label class="growth-slider">
          <MathText text={`${sizeName} =`} />{' '}
          <output class="growth-n">{(pointed ?? size).toLocaleString('en')}</output>
          <input
            type="range"
            min={family.least}
            max={reach}
            step={1}
            value={size}
            aria-valuetext={`${sizeName} = ${size}`}
            onInput={(event) => pick(Number(event.currentTarget.value))}
          />
        </label>
        <label>
          {words.upTo}{' '}
          <Choice
            of={reaches.map(String)}
            value={String(reach)}
            name={(text) => Number(text).toLocaleString('en')}
            onChange={(text) => {
              change({ reach: { ...view.reach, [memo.family]: Number(text) } });
              choose({ size: Math.min(size, Number(text)) });
            }}
          />
        </label>
      </div>
      <Reading
        family={family}
        view={view}
        counter={counter}
        size={pointed ?? size}
        settled={size}
        texts={texts}
      />
    </>
  );
}

/** Larger programs have numbers of paths that take too long to work with. */
function reachesOf(family: Family, memo: MemoChoice): readonly number[] {
  const paths = new Map(family.letters).get('p') ?? 2n;
  const bits = Math.max(1, log10Of(paths) / Math.log10(2));
  const [least, ...more] = REACHES[memo.family];
  return [least, ...more.filter((reach) => bits * reach <= MOST_BITS)];
}

function familyOf(name: GrowthFamily, view: GrowthView, graph: LiveGraph, leaf: number): Family | null {
  switch (name) {
    case 'doubling':
      return DOUBLING;
    case 'fibonacci':
      return FIBONACCI;
    case 'network':
      return networksOfWidth(view.width);
    case 'own':
      return leaf < 0 ? null : seriesOf(graph, leaf);
  }
}

/** The reached leaves, those with a name first. */
function leavesOf({ leaves, of, recording }: LiveGraph): readonly number[] {
  const others = [...leaves].filter((leaf) => leaf !== of);
  const named = (leaf: number): boolean => recording.names.has(leaf);
  return [...others.filter(named), ...others.filter((leaf) => !named(leaf))];
}

interface ChoiceProps<T extends string> {
  readonly of: readonly T[];
  readonly value: T;
  readonly name: (value: T) => string;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ of, value, name, onChange }: ChoiceProps<T>): JSX.Element {
  return (
    <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
      {of.map((each) => (
        <option key={each} value={each}>
          {name(each)}
        </option>
      ))}
    </select>
  );
}
