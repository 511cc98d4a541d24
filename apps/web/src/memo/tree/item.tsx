import { Fragment, type JSX } from 'preact';
import { INDEX_SIZE, piecesOf } from './lettering.ts';
import { number, reachOf, type Place, type Plane } from './plane.ts';
import type { Shape } from './shape.ts';

interface ItemProps {
  readonly shape: Shape;
  readonly plane: Plane;
  readonly item: number;
  readonly place: Place;
  readonly lit: boolean;
  readonly selected: boolean;
  readonly entry: boolean;
  readonly mark: '' | 'next' | 'fresh';
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onPress: () => void;
}

/** A copy or a node: a card with its name and number, or with its name alone. */
export function Item(props: ItemProps): JSX.Element {
  const { shape, plane, item, place, lit, selected, entry, mark } = props;
  const value = shape.value[item];
  const sign = value > 0 ? 'plus' : value < 0 ? 'minus' : '';
  const look = `fold-node ${sign} ${mark} ${lit ? 'lit' : ''} ${selected ? 'selected' : ''}`;
  const { size } = plane;
  const width = 2 * reachOf(shape, plane, item);
  const height = heightOf(shape, plane, item);
  const frame = (by: number): JSX.Element => (
    <rect
      class={by > 0 ? 'ring' : 'card'}
      x={-width / 2 - by}
      y={-height / 2 - by}
      width={width + 2 * by}
      height={height + 2 * by}
      rx={Math.min(0.5 * size, height / 2) + by}
    />
  );
  return (
    <g
      class={look}
      data-item={item}
      transform={`translate(${number(place.x)} ${number(place.y)})`}
      role="button"
      aria-pressed={selected}
      tabIndex={entry ? 0 : -1}
      onFocus={props.onFocus}
      onBlur={props.onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        props.onPress();
      }}
    >
      {mark === 'next' ? frame(0.25 * size) : null}
      {frame(0)}
      <text y={0.35 * size} text-anchor="middle" font-size={size}>
        <Label
          label={shape.label[item]}
          amount={shape.number[item]}
          shown={plane.detail === 'all'}
          size={size}
        />
      </text>
    </g>
  );
}

export function heightOf(shape: Shape, plane: Plane, item: number): number {
  if (plane.detail === 'dots') return 0;
  return plane.detail === 'all' ? shape.height[item] * plane.scaleY : 1.45 * plane.size;
}

interface LabelProps {
  readonly label: string;
  readonly amount: string;
  /** Whether the number is seen; it is read out in any case. */
  readonly shown: boolean;
  readonly size: number;
}

/** A name with its indices lowered and raised, and the number behind it, back on the line. */
function Label({ label, amount, shown, size }: LabelProps): JSX.Element {
  let level = 0;
  const move = (to: number): number | undefined => {
    const by = (to - level) * size;
    level = to;
    return by === 0 ? undefined : by;
  };
  return (
    <>
      {piecesOf(label).map(({ text, place }, index) => (
        <Fragment key={index}>
          {place === 'line' ? null : <tspan font-size={0}>{place === 'below' ? '_' : '^'}</tspan>}
          <tspan
            class="name"
            dy={move(LEVELS[place])}
            font-size={place === 'line' ? undefined : INDEX_SIZE * size}
          >
            {text}
          </tspan>
        </Fragment>
      ))}
      {amount === '' ? null : (
        <>
          <tspan font-size={0}> </tspan>
          <tspan
            class="amount"
            dx={shown ? 0.45 * size : undefined}
            dy={move(0)}
            font-size={shown ? undefined : 0}
          >
            {amount}
          </tspan>
        </>
      )}
    </>
  );
}

const LEVELS = { line: 0, below: 0.24, above: -0.36 } as const;
