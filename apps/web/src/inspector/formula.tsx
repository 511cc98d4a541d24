import { toLatex, toText, type Expression } from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { Typeset } from '../look/typeset.tsx';

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
