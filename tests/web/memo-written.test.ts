import { describe, expect, it } from 'vitest';
import { shortNames } from '../../apps/web/src/memo/written/names.ts';

describe('short names of stored derivatives', () => {
  it('are δ with the index, where one letter is indexed', () => {
    expect(shortNames(['O_{31}', 'O_{21}', 'O_{22}'])).toEqual(['δ₃₁', 'δ₂₁', 'δ₂₂']);
    expect(shortNames(['x9', 'x10'])).toEqual(['δ₉', 'δ₁₀']);
  });

  it('are δ with the whole name, where names differ in more', () => {
    expect(shortNames(['v', 'u'])).toEqual(['δ_{v}', 'δ_{u}']);
    expect(shortNames(['O_{1}', 'h_{1}'])).toEqual(['δ_{O₁}', 'δ_{h₁}']);
    expect(shortNames(['out_{h1}', 'out_{h2}'])).toEqual(['δ_{out_h1}', 'δ_{out_h2}']);
  });

  it('are none for none', () => {
    expect(shortNames([])).toEqual([]);
  });
});
