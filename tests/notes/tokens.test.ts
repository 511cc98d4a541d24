import { describe, expect, it } from 'vitest';
import { tokenize } from '../../packages/notes/src/reading/tokens.ts';
import type { NoteToken } from '../../packages/notes/src/reading/tokens.ts';

const r = String.raw;

describe('The tokens of notes', () => {
  it.each([
    ['=', '= == === := ≔ ='],
    ['≈', r`≈ ~= ≃ ≅ ~`],
    ['≈', r`\approx \simeq \sim \cong`],
    ['≤', '≤ <= ⩽ =<'],
    ['≤', r`\le \leq \leqslant`],
    ['≥', '≥ >='],
    ['≠', r`≠ !=`],
    ['←', '← <- '],
    ['←', r`\leftarrow \gets`],
    ['→', '→ ->'],
    ['→', r`\to \rightarrow \xrightarrow{f}`],
    ['⇒', '⇒ => ⟹'],
    ['⇒', r`\Rightarrow \implies`],
    ['∝', r`∝ \propto`],
    ['+=', '+='],
  ])('relation %s in its spellings: %s', (symbol, spellings) => {
    const tokens = tokensOf(` ${spellings}`);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.map((token) => (token.kind === 'relation' ? token.symbol : token.kind))).toEqual(
      tokens.map(() => symbol),
    );
  });

  it('tells x<-3 from an arrow', () => {
    expect(tokensOf('x<-3').map(({ kind }) => kind)).toEqual(['name', 'relation', 'operator', 'number']);
  });

  it('tells what lays a formula out', () => {
    const text = r`$a$ \begin{aligned} b &= 1 \\[2pt] \quad c \end{aligned}` + '\nd';
    const layout = tokensOf(text).flatMap((token) => (token.kind === 'layout' ? [token.layout] : []));
    expect(layout).toEqual(['dollar', 'dollar', 'environment', 'cell', 'row', 'quad', 'environment', 'line']);
  });

  it('gives words apart from names', () => {
    const kinds = tokensOf(r`\text{if } \text{net}_{h1} \text{as we saw}`).map(({ kind }) => kind);
    expect(kinds).toEqual(['words', 'name', 'words']);
  });

  it.each([
    [r`\omega^{(1)}_{11}`, 'w_11^{(1)}'.replace('w', 'ω')],
    [r`\hat y_i`, 'ŷ_i'],
    [r`\mathbf{W}^{[1]}`, 'W^{[1]}'],
    [r`E_\text{total}`, 'E_total'],
    [r`E_{\mathrm{total}}`, 'E_total'],
    [r`\delta_{o1}'`, "δ'_o1"],
    ['𝑤₁₁⁽²⁾', 'w_11^{(2)}'],
    ['w′', "w'"],
    [r`w^\prime`, "w'"],
    [r`a^{(L-1)}_{k}`, 'a_k^{(L-1)}'],
    ['z₁', 'z_1'],
    ['∂', null],
  ])('reads %s as one name', (text, key) => {
    const tokens = tokensOf(text);
    expect(tokens).toHaveLength(1);
    expect(tokens[0].kind === 'name' ? tokens[0].key : null).toBe(key);
    expect(text.slice(tokens[0].from, tokens[0].to)).toBe(text);
  });

  it('begin and end where they stand in the whole text, in order', () => {
    const text = r`prose $\frac{\partial \hat{C}_0}{\partial w^{(L)}} = 2\,\underbrace{x}_{\text{in}} \cdot \sqrt[3]{\mathbf{a}b}$ prose`;
    const span = { from: 7, to: text.length - 7 };
    let last = span.from;
    for (const { from, to } of tokenize(text, span)) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      last = from;
    }
    expect(last).toBeLessThan(span.to);
  });

  it('are found in time proportional to the length, whatever the text', () => {
    const parts = [
      '(',
      r`\frac{`,
      '{',
      '}',
      'a_',
      'w_{',
      '1,111',
      '1.',
      '∂',
      '|',
      r`\text{`,
      r`\hat`,
      '\\',
      '^',
      '₁',
      'é',
    ];
    for (const part of parts) {
      const text = part.repeat(100_000);
      expect(tokenize(text, { from: 0, to: text.length }).length).toBeLessThanOrEqual(text.length);
    }
  }, 60_000);
});

function tokensOf(text: string): NoteToken[] {
  return tokenize(text, { from: 0, to: text.length });
}
