import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { katexWhenLoaded } from './katex.ts';
import { MathText } from './math-text.tsx';
import './typeset.css';

/** Longer formulas are not typeset: their line of text says the same. */
const LATEX_LENGTH = 4000;

interface TypesetProps {
  /** What is read out, and shown until KaTeX is here, or where it cannot set the formula. */
  readonly text: string;
  readonly latex: string;
}

/** A formula, typeset once KaTeX is here, as far as there is room for it. */
export function Typeset({ text, latex }: TypesetProps): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const plain = useRef<HTMLSpanElement>(null);
  const katex = katexWhenLoaded().value;
  useLayoutEffect(() => {
    const element = box.current!;
    const show = (typeset: boolean): void => {
      element.hidden = !typeset;
      plain.current!.hidden = typeset;
    };
    show(false);
    if (katex === null || latex.length > LATEX_LENGTH) return;
    try {
      katex.render(`\\displaystyle ${latex}`, element, {
        displayMode: false,
        output: 'html',
        strict: 'ignore',
        throwOnError: true,
        trust: false,
        maxSize: 10,
        maxExpand: 100,
      });
    } catch {
      return;
    }
    show(true);
    // A fraction is not broken; a line of text is, anywhere.
    const frame = element.parentElement!;
    if (frame.scrollWidth > frame.clientWidth + 1) show(false);
  }, [katex, text, latex]);
  return (
    <span class="formula" role="math" aria-label={text}>
      <span ref={box} aria-hidden="true" />
      <span ref={plain} aria-hidden="true">
        {text.includes('\\') ? text : <MathText text={text} />}
      </span>
    </span>
  );
}
