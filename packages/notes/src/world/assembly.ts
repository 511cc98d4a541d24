import type { Recording } from '@backflow/engine';
import type { Term } from '../term.ts';

/** A member of a chain, by their indices in the sheet. */
export interface ClaimAddress {
  readonly chain: number;
  readonly member: number;
}

/** A graph put together from what notes say, without a program of its own. */
export interface Assembly {
  /** Null where the notes name nothing at all. */
  readonly recording: Recording | null;
  /** Every name that the notes use or that was made for them, by key. */
  readonly names: ReadonlyMap<string, number>;
  /** How a node is called in reports: the spelling of its definition or first use. */
  readonly spellings: ReadonlyMap<number, string>;
  /** Leaves without a number, by the name that the page has for them; the world samples them. */
  readonly free: ReadonlyMap<string, number>;
  /**
   * Leaves without a number that the page does not name: elements that a sum runs over, slopes and rests of a sketch, what
   * `…` leaves out. They are sampled too.
   */
  readonly slopes: readonly number[];
  /** Nodes of a sketch whose value the page gives, with it: it is known, though the slopes behind it are not. */
  readonly pinned: ReadonlyMap<number, number>;
  /** Which claim is the definition of a node, and so is right by definition. */
  readonly definedBy: ReadonlyMap<number, ClaimAddress>;
  /** Leaves whose number was read from a calculation: w = 1.5 from `w a + b = 1.5·0.6 − 0.4`. */
  readonly fromAlignment: ReadonlyMap<number, ClaimAddress>;
  /** f(x) = …: its parameters by key, and its formula. Such a name is a node too. */
  readonly functions: ReadonlyMap<string, NotesFunction>;
  /** What the notes differentiate; -1 for nothing. */
  readonly output: number;
  readonly remarks: readonly AssemblyRemark[];
  readonly network: NetworkFacts | null;
  readonly offer: {
    readonly sizes: readonly number[];
    readonly lacks: readonly ('activation' | 'loss' | 'numbers')[];
  } | null;
  /** Edges of unknown slope, from ∂…/∂… between names of which at least one is defined nowhere. */
  readonly sketchEdges: readonly SketchEdge[];
  readonly indices: IndexFacts;
  /** The node that a name means in any of its spellings, generic names (`w_{jk}`) included; null for none. */
  nodeOf(key: string): number | null;
}

export interface NotesFunction extends ClaimAddress {
  readonly parameters: readonly string[];
  readonly body: Term;
}

/** Keys of `messages.remarks` with their data: `activation-by-name` says that a^{(L)} is taken as σ(z^{(L)}). */
export interface AssemblyRemark {
  readonly code:
    | 'activation-by-name'
    | 'network-declared'
    | 'index-order'
    | 'network-too-large'
    | 'sketched'
    | 'sizes-chosen';
  readonly data: Readonly<Record<string, string>>;
  /** The node it speaks about; -1 for none. */
  readonly node: number;
}

/** A declared network, expanded or not. */
export interface NetworkFacts {
  readonly sizes: readonly number[];
  readonly activation: string | null;
  readonly bias: boolean;
  /** False where it is too large to be put together node by node; the counts hold all the same. */
  readonly expanded: boolean;
  readonly order: 'from-to' | 'to-from';
  /** How the order is known. */
  readonly orderSource: 'declared' | 'shape' | 'assumed';
  readonly weights: number;
  readonly biases: number;
  /** Per layer (the first computed one is 0), nodes by [from][to], both from 0. Empty where not expanded. */
  readonly weightNodes: readonly (readonly (readonly number[])[])[];
  readonly biasNodes: readonly (readonly number[])[];
  /** Per layer, the weighted sums and the activations; the inputs are `inputNodes`. */
  readonly sumNodes: readonly (readonly number[])[];
  readonly activationNodes: readonly (readonly number[])[];
  readonly inputNodes: readonly number[];
}

/** `of` is made from `by`, in a way of which the page only tells the slope. */
export interface SketchEdge extends ClaimAddress {
  readonly of: number;
  readonly by: number;
  /** What `by` adds to `of`: slope · by, or a formula with the slope that the page states. */
  readonly product: number;
  /** The leaf that is the slope; -1 where it is a formula. */
  readonly slope: number;
  /** The claim that gives the slope a number or a formula of its own; null where nobody does. */
  readonly stated: (ClaimAddress & { readonly term: Term }) | null;
}

/** What index letters (the j and k of w_{jk}) stand for. */
export interface IndexFacts {
  /** The element that a letter outside of sums stands for, by letter: j → 0, k → 1 in `w_{jk}`. */
  readonly representative: ReadonlyMap<string, number>;
  /** Sizes that were chosen where the notes leave them open: n_L → 3. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The elements over which a sum or product runs, given the elements of outer indices; null where that is not known. */
  rangeOf(
    series: Term & { readonly kind: 'series' },
    outer: ReadonlyMap<string, number>,
  ): readonly number[] | null;
  /** The key of an element: `w_{jk}^{(L)}` with j = 0, k = 1 is `w_01^{(L)}`. Letters without an element stay. */
  instance(key: string, elements: ReadonlyMap<string, number>): string;
}
