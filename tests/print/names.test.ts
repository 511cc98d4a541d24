import { nameToLatex, nameToText } from '@backflow/print';
import { renderToString } from 'katex';
import { describe, expect, it } from 'vitest';

const NAMES: [name: string, text: string, latex: string][] = [
  ['w', 'w', 'w'],
  ['w1', 'w1', 'w_1'],
  ['w_1', 'w₁', 'w_1'],
  ['w_11', 'w₁₁', 'w_{11}'],
  ['w_{11}', 'w₁₁', 'w_{11}'],
  ['w^{(2)}_{11}', 'w⁽²⁾₁₁', 'w^{(2)}_{11}'],
  ['w^{(1)}_{4,210}', 'w⁽¹⁾₄,₂₁₀', 'w^{(1)}_{4,210}'],
  ['w⁽¹⁾₄,₂₁₀', 'w⁽¹⁾₄,₂₁₀', 'w^{(1)}_{4,210}'],
  ['w_{i,j}', 'wᵢ,ⱼ', 'w_{i,j}'],
  ['w_{1,}', 'w_{1,}', 'w_{1,}'],
  ['w_{jk}^{(L)}', 'wⱼₖ⁽ᴸ⁾', 'w^{(L)}_{jk}'],
  ['a^{(L-1)}', 'a⁽ᴸ⁻¹⁾', 'a^{(L-1)}'],
  ['ω^3_{11}', 'ω³₁₁', '\\omega^3_{11}'],
  ['W^{[1]}', 'W^[1]', 'W^{[1]}'],
  ['W[0][1]', 'W[0][1]', 'W_{0,1}'],
  ['O_21', 'O₂₁', 'O_{21}'],
  ['E_total', 'E_total', 'E_{\\mathrm{total}}'],
  ['out_h1', 'out_h1', '\\mathrm{out}_{h1}'],
  ['net_o1', 'net_o1', '\\mathrm{net}_{o1}'],
  ['w_jk', 'w_jk', 'w_{jk}'],
  ['h_{out}', 'h_out', 'h_{\\mathrm{out}}'],
  ['z₁', 'z₁', 'z_1'],
  ['z⁽²⁾', 'z⁽²⁾', 'z^{(2)}'],
  ['wⱼₖ', 'wⱼₖ', 'w_{jk}'],
  ['δ', 'δ', '\\delta'],
  ['δ_{o1}', 'δ_o1', '\\delta_{o1}'],
  ['eta', 'eta', '\\eta'],
  ['delta1', 'delta1', '\\delta_1'],
  ['loss', 'loss', '\\mathrm{loss}'],
  ["x'", 'x′', "x'"],
  ['c@1', 'c@1', 'c_{(1)}'],
  ['w_1@12', 'w₁@12', 'w_{1,(12)}'],
  ['Δw', 'Δw', '\\mathrm{\\Delta w}'],
  ['a^(2)', 'a⁽²⁾', 'a^{(2)}'],
  ['w^(1)_11', 'w⁽¹⁾₁₁', 'w^{(1)}_{11}'],
  ['w^l_{jk}', 'wˡⱼₖ', 'w^l_{jk}'],
  ['h_{t−1}', 'hₜ₋₁', 'h_{t-1}'],
  ['hₜ₋₁', 'hₜ₋₁', 'h_{t-1}'],
  ['σ²', 'σ²', '\\sigma^2'],
  ['ŷ', 'ŷ', '\\hat{y}'],
  ['y\u0302', 'y\u0302', '\\hat{y}'],
  ['C\u0303_t', 'C\u0303_t', '\\tilde{C}_t'],
  ['x\u0302₁', 'x\u0302₁', '\\hat{x}_1'],
  ['θ\u0302', 'θ\u0302', '\\hat{\\theta}'],
  ['größe', 'größe', '\\mathrm{größe}'],
  ['__proto__', '__proto__', '\\text{\\_\\_proto\\_\\_}'],
  ['constructor', 'constructor', '\\mathrm{constructor}'],
  ['∂L/∂w_1', '∂L/∂w₁', '\\frac{\\partial L}{\\partial w_1}'],
  ['∂³L/∂w∂w∂b', '∂³L/∂w²∂b', '\\frac{\\partial^{3} L}{\\partial w^{2}\\,\\partial b}'],
  ["∂²y/∂x'∂x'", '∂²y/∂x′∂x′', "\\frac{\\partial^{2} y}{\\partial x'\\,\\partial x'}"],
  ['∂²y/∂x', '∂²y/∂x', '\\text{∂²y/∂x}'],
  ['my loss', 'my loss', '\\text{my loss}'],
  [
    '50% \\frac{a}{b} $x$\n#',
    '50% \\frac{a}{b} $x$ #',
    '\\text{50\\% \\textbackslash{}frac\\{a\\}\\{b\\} \\$x\\$ \\#}',
  ],
  ['', '', '\\text{}'],
];

describe('a name', () => {
  it.each(NAMES)('%s is %s', (name, text) => {
    expect(nameToText(name)).toBe(text);
  });

  it.each(NAMES)('%s in LaTeX', (name, _text, latex) => {
    expect(nameToLatex(name)).toBe(latex);
  });

  it.each(NAMES)('%s in LaTeX can be typeset', (name) => {
    expect(() => renderToString(nameToLatex(name), { throwOnError: true, strict: 'ignore' })).not.toThrow();
  });
});
