import { toSvg } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { draw, momentWith, neurons, pictureIn, square, wordsOf } from './scene-programs.ts';

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

/** A strict reader of the XML subset that is written here; throws where the document is not well-formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const token = /<(\/?)([A-Za-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  let roots = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`Not XML at ${at}: ${xml.slice(at, at + 60)}`);
    const [, closing, name, attributes, empty, text] = match;
    if (text !== undefined) {
      if (/&(?!(amp|lt|gt|quot);)/.test(text)) throw new Error(`A bare & in ${text}`);
      for (const element of open) element.text += unescaped(text);
    } else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes something else`);
    } else {
      const pairs = new Map<string, string>();
      for (const [, key, value] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        if (pairs.has(key)) throw new Error(`${key} twice in <${name}>`);
        if (/&(?!(amp|lt|gt|quot);)/.test(value)) throw new Error(`A bare & in ${value}`);
        pairs.set(key, unescaped(value));
      }
      const element = { name, attributes: pairs, text: '' };
      elements.push(element);
      if (open.length === 0) roots++;
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length > 0 || roots !== 1)
    throw new Error('Elements are left open, or there is more than one root');
  return elements;
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

describe('a scene as SVG', () => {
  it('is a well-formed document of the scene’s size', () => {
    const recording = neurons();
    const scene = draw(pictureIn('row', recording), momentWith(recording));
    const [svg] = elementsOf(toSvg(scene, { title: 'Graph of E' }));
    expect(svg.name).toBe('svg');
    expect(svg.attributes.get('xmlns')).toBe('http://www.w3.org/2000/svg');
    expect(Number(svg.attributes.get('width'))).toBeCloseTo(scene.width, 1);
  });

  it('escapes names that look like markup', () => {
    const recording = square();
    const names = new Map([
      [0, '<b>&"\''],
      [1, 'y]]>\u0000\ud800'],
    ]);
    const picture = pictureIn('row', { ...recording, names });
    const elements = elementsOf(toSvg(draw(picture, momentWith(recording)), { title: '<script>&' }));
    expect(elements.map(({ name }) => name)).not.toContain('b');
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('<script>&');
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toContain('<b>&"\'');
    expect(texts.join('')).not.toContain('\u0000');
  });

  it('says every text of the scene, subscripts included', () => {
    const recording = neurons();
    const scene = draw(pictureIn('row', recording), momentWith(recording));
    const texts = elementsOf(toSvg(scene))
      .filter(({ name, attributes }) => name === 'text' && attributes.get('aria-hidden') !== 'true')
      .map(({ text }) => text);
    const flat = (text: string): string => text.replace(/[_^{}]/g, '');
    expect(texts.map(flat)).toEqual(wordsOf(scene).map(flat));
  });

  it('defines each pattern that it uses, and uses it for negative gradients only', () => {
    const recording = square(-3);
    const negative = elementsOf(toSvg(draw(pictureIn('row', recording), momentWith(recording))));
    const ids = negative
      .filter(({ name }) => name === 'pattern')
      .map(({ attributes }) => attributes.get('id'));
    const used = negative.flatMap(
      ({ attributes }) => /^url\(#(.*)\)$/.exec(attributes.get('fill') ?? '')?.[1] ?? [],
    );
    expect(used.length).toBeGreaterThan(0);
    for (const id of used) expect(ids).toContain(id);
    const plain = square(3);
    expect(toSvg(draw(pictureIn('row', plain), momentWith(plain)))).not.toContain('pattern');
  });

  it('needs no style sheet and no script', () => {
    const recording = neurons();
    const svg = toSvg(draw(pictureIn('stacked', recording), momentWith(recording), { theme: 'dark' }));
    expect(svg).not.toMatch(/<style|style=|<script|href=/);
  });

  it('writes lengths of texts down only where they were measured', () => {
    const recording = square();
    const scene = draw(pictureIn('row', recording), momentWith(recording));
    expect(toSvg(scene)).not.toContain('textLength');
    expect(toSvg(scene, { measured: true })).toContain('textLength');
  });
});
