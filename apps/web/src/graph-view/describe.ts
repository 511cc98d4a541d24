import { isExpandable, LEAF } from '@backflow/engine';
import { GRADIENT_STATES, hasNumbers, numbersOf } from '@backflow/graph';
import type { Moment, NodeNumbers, ScenePicture } from '@backflow/graph';
import type { Messages } from '@backflow/messages';
import { formatExact, formatNumber } from '@backflow/print';

/** A card in words: "w5, given number, value 0.4, ∂E_total/∂w5 = 0.08217, final". */
export function describeCard(
  picture: ScenePicture,
  moment: Moment,
  node: number,
  digits: number,
  messages: Messages['graph'],
): string {
  const { recording, texts } = picture;
  const number = (x: number): string => formatNumber(x, { digits });
  const name = texts.derivative(node);
  const total = number(moment.gradient[node]);
  const state = GRADIENT_STATES[moment.gradientState[node]];
  const gradient =
    state === 'partial'
      ? messages.gradient.partial(name, total, moment.reported[node], moment.uses[node])
      : state === 'final'
        ? messages.gradient.final(name, total)
        : messages.gradient[state](name);
  return messages.card(
    texts.title(node),
    recording.operation[node] === LEAF
      ? messages.leaf
      : messages[isExpandable(recording, node) ? 'whole' : 'operation'](texts.symbol(node)),
    moment.valueKnown[node] === 1 ? messages.valueIs(number(moment.value[node])) : messages.notComputed,
    gradient,
  );
}

/** The descriptions of one pane's cards: a card whose numbers stay keeps its words. */
export class Descriptions {
  readonly #known = new Map<number, { readonly numbers: NodeNumbers; readonly words: string }>();
  #picture: ScenePicture | null = null;
  #digits = 0;
  #messages: Messages['graph'] | null = null;

  of(
    picture: ScenePicture,
    moment: Moment,
    node: number,
    digits: number,
    messages: Messages['graph'],
  ): string {
    if (this.#picture !== picture || this.#digits !== digits || this.#messages !== messages) {
      this.#known.clear();
      this.#picture = picture;
      this.#digits = digits;
      this.#messages = messages;
    }
    const before = this.#known.get(node);
    if (before !== undefined && hasNumbers(moment, node, before.numbers)) return before.words;
    const words = describeCard(picture, moment, node, digits, messages);
    this.#known.set(node, { numbers: numbersOf(moment, node), words });
    return words;
  }
}

/** A card's numbers with every digit. */
export interface CardDetails {
  readonly title: string;
  readonly value: string;
  /** Label and number of the gradient; null while nothing has arrived. */
  readonly derivative: string;
  readonly gradient: string;
}

export function detailsOf(picture: ScenePicture, moment: Moment, node: number): CardDetails {
  const state = GRADIENT_STATES[moment.gradientState[node]];
  return {
    title: picture.texts.full(node),
    value: moment.valueKnown[node] === 1 ? formatExact(moment.value[node]) : '—',
    derivative: picture.texts.derivative(node),
    gradient:
      state === 'none'
        ? '—'
        : state === 'zero'
          ? '0'
          : state === 'partial'
            ? `${formatExact(moment.gradient[node])} + …`
            : formatExact(moment.gradient[node]),
  };
}
