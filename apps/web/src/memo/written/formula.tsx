import { NumberText } from '../../look/number.tsx';
import { MathText } from '../../look/math-text.tsx';
import type { Factor, Product, WrittenFormula } from '@backflow/trace';
import type { ComponentChildren, JSX } from 'preact';
import type { Names } from './names.ts';

/** Outlines differ in colour and in the style of their lines; then they start again. */
const OUTLINES = 6;

export interface FormulaRowProps {
  readonly formula: WrittenFormula;
  readonly names: Names;
  /** The node whose derivative the next press stores, -1 for none. */
  readonly next: number;
  readonly lit: number;
  readonly onLight: (node: number) => void;
  /** This one is stored under a short name. */
  readonly stored?: boolean;
  /** What stands for products that are left out: for some of them, and for all. */
  readonly more: (count: string) => string;
  readonly long: (count: string) => string;
  readonly cost: (count: string) => string;
  readonly format: (count: bigint) => string;
  readonly numbers: boolean;
}

/** One derivative, written out as far as nothing in it is stored, with its value and the number of its multiplications. */
export function FormulaRow(props: FormulaRowProps): JSX.Element {
  const { formula, names, next, lit, onLight, stored = false, more, long, cost, format, numbers } = props;
  const left = formula.products.length > 0 ? more : long;
  const rest = formula.omitted > 0n ? left(format(formula.omitted)) : '';
  const plus = formula.products.length > 0 ? '+' : '';
  const [first] = formula.products;
  // ∂L/∂O is a single factor: it is not written twice.
  const itself =
    stored &&
    formula.products.length === 1 &&
    first.factors.length === 1 &&
    first.factors[0].kind === 'partial';
  return (
    <li class="written-row">
      <span
        class="written-formula"
        role="math"
        aria-label={`${textOf(formula, names, stored)} ${rest === '' ? '' : `${plus} ${rest}`}`.trim()}
      >
        <span aria-hidden="true">
          {stored ? (
            <span class="written-term">
              <Stored node={formula.node} names={names} lit={lit} onLight={onLight} />
              <span class="written-sign">=</span>
            </span>
          ) : null}
          <span class="written-term">
            <Fraction above={names.output} below={names.title(formula.node)} />
            {itself ? null : <span class="written-sign">=</span>}
          </span>
          {(itself ? [] : formula.products).map((product, index) => (
            <ProductTerm
              key={index}
              product={product}
              first={index === 0}
              names={names}
              next={next}
              lit={lit}
              onLight={onLight}
            />
          ))}
          {rest === '' ? null : (
            <span class="written-term quiet">
              {plus === '' ? null : <span class="written-sign">{plus}</span>}
              {rest}
            </span>
          )}
        </span>
      </span>
      <span class="written-facts">
        {numbers ? (
          <span>
            = <NumberText value={formula.value} signed />
          </span>
        ) : null}
        <span class="quiet small">{cost(format(formula.multiplications))}</span>
      </span>
    </li>
  );
}

interface ProductProps {
  readonly product: Product;
  readonly first: boolean;
  readonly names: Names;
  readonly next: number;
  readonly lit: number;
  readonly onLight: (node: number) => void;
}

function ProductTerm({ product, first, names, next, lit, onLight }: ProductProps): JSX.Element {
  const { factors, repeated } = product;
  const write = (from: number, to: number): ComponentChildren =>
    factors.slice(from, to).map((factor, index) => (
      <span key={from + index} class="written-factor">
        {from + index > 0 ? <span class="dot">·</span> : null}
        {factor.kind === 'stored' ? (
          <Stored node={factor.node} names={names} lit={lit} onLight={onLight} />
        ) : (
          <Fraction above={names.title(factor.of)} below={names.title(factor.by)} />
        )}
      </span>
    ));
  return (
    <span class="written-term">
      {first ? null : <span class="written-sign">+</span>}
      {factors.length === 0 ? '1' : null}
      {repeated === 0 ? null : (
        <span class={`written-repeat outline-${names.rank(next) % OUTLINES}`}>{write(0, repeated)}</span>
      )}
      {write(repeated, factors.length)}
    </span>
  );
}

interface StoredProps {
  readonly node: number;
  readonly names: Names;
  readonly lit: number;
  readonly onLight: (node: number) => void;
}

/** A stored derivative by its short name; pointing at one shows it everywhere. */
function Stored({ node, names, lit, onLight }: StoredProps): JSX.Element {
  return (
    <span
      class={`written-stored outline-${names.rank(node) % OUTLINES} ${lit === node ? 'lit' : ''}`}
      onPointerEnter={() => onLight(node)}
      onPointerLeave={() => onLight(-1)}
    >
      <MathText text={names.short(node)} />
    </span>
  );
}

function Fraction({ above, below }: { above: string; below: string }): JSX.Element {
  return (
    <span class="written-fraction">
      <span>
        ∂<MathText text={above} />
      </span>
      <span>
        ∂<MathText text={below} />
      </span>
    </span>
  );
}

function textOf({ node, products }: WrittenFormula, names: Names, stored: boolean): string {
  const factorText = (factor: Factor): string =>
    factor.kind === 'stored'
      ? names.short(factor.node)
      : `∂${names.title(factor.of)}/∂${names.title(factor.by)}`;
  const sum = products
    .map(({ factors }) => (factors.length === 0 ? '1' : factors.map(factorText).join(' · ')))
    .join(' + ');
  return `${stored ? `${names.short(node)} = ` : ''}∂${names.output}/∂${names.title(node)} = ${sum}`;
}
