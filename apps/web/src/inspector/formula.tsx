import { toLatex, toText, type Expression } from '@backflow/print';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { katexWhenLoaded } from './katex.ts';

/** Longer formulas are not typeset: their line of text says the same. */
const LATEX_LENGTH = 4000;
const TEXT_LENGTH = 600;
/** Shorter parts stay in one line: they are broken before their = and not inside. */
const UNBROKEN_LENGTH = 22;

/** A chain of equal expressions, typeset once KaTeX is here. */
export function Formula({ chain }: { chain: readonly Expression[] }): JSX.Element {
  const digits = useApp().digits.value;
  const texts = chain.map((part) => toText(part, { digits, maxLength: TEXT_LENGTH }));
  const latex = chain.map((part, index) => {
    const whole = toLatex(part, { digits });
    return index > 0 && texts[index].length <= UNBROKEN_LENGTH ? `{${whole}}` : whole;
  });
  return <Typeset text={texts.join(' = ')} latex={latex.join(' = ')} />;
}

function Typeset({ text, latex }: { text: string; latex: string }): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const katex = katexWhenLoaded().value;
  const typeset = katex !== null && latex.length <= LATEX_LENGTH;
  useLayoutEffect(() => {
    const element = box.current!;
    if (!typeset) {
      element.textContent = text;
      return;
    }
    katex.render(`\\displaystyle ${latex}`, element, {
      displayMode: false,
      output: 'html',
      throwOnError: false,
      trust: false,
      maxSize: 10,
      maxExpand: 100,
    });
    // A fraction is not broken; a line of text is, anywhere.
    const frame = element.parentElement!;
    if (frame.scrollWidth > frame.clientWidth + 1) element.textContent = text;
  }, [typeset, text, latex]);
  return (
    <span class="formula" role="math" aria-label={text}>
      <span ref={box} aria-hidden="true" />
    </span>
  );
}
