import { describe, expect, it } from 'vitest';
import { columnsOf, mineOn, verdictOf } from '../../apps/web/src/table/mine.ts';

function store() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe('a reader’s own numbers', () => {
  it('stay with their document and come back with it', () => {
    const place = store();
    const first = mineOn(place);
    first.choose('both');
    first.turnTo('x y');
    first.type('x', 'gradient', '6');
    first.turnTo('w b');
    expect(first.at('x', 'gradient')).toBe('');
    first.type('w', 'value', '1.5');
    const later = mineOn(place);
    expect(later.choice.value).toBe('both');
    later.turnTo('x y');
    expect([later.at('x', 'gradient'), later.at('x', 'value')]).toEqual(['6', '']);
    later.type('x', 'gradient', ' ');
    expect(mineOn(place).at('x', 'gradient')).toBe('');
  });

  it('are read with care: what is damaged or foreign is left', () => {
    const place = store();
    for (const text of ['{', '{"version":2}', '{"version":1,"choice":"all","documents":[]}']) {
      place.kept.set('backflow.mine', text);
      expect(mineOn(place).choice.value).toBe('none');
    }
    expect(mineOn(null).at('__proto__', 'value')).toBe('');
  });

  it('are judged at the digits typed, once something is typed', () => {
    expect(verdictOf('', 0.1425)).toBeNull();
    expect(verdictOf('0.143', 0.142537)).toBe('right');
    expect(verdictOf('0.142', 0.142537)).toBe('rounded');
    expect(verdictOf('0.15', 0.142537)).toBe('rounded');
    expect(verdictOf('0.16', 0.142537)).toBe('wrong');
    expect(verdictOf('a', 0.142537)).toBe('unknown');
  });

  it('stand in two columns, in one, or in none', () => {
    expect(columnsOf('none')).toEqual([]);
    expect(columnsOf('both')).toEqual(['value', 'gradient']);
    expect(columnsOf('gradient')).toEqual(['gradient']);
  });
});
