import { describe, expect, it } from 'vitest';
import {
  applyChange,
  changeBetween,
  historyOf,
  reduceHistory,
  type History,
  type HistoryAction,
} from '../../apps/web/src/state/history.ts';

const run = (start: string, ...actions: HistoryAction[]): History =>
  actions.reduce(reduceHistory, historyOf(start));

const type = (from: number, insert: string, at: number, to = from): HistoryAction => ({
  kind: 'type',
  change: { from, to, insert },
  at,
});

const drag = (from: number, to: number, insert: string, gesture: string, at: number): HistoryAction => ({
  kind: 'drag',
  change: { from, to, insert },
  gesture,
  at,
});

describe('history', () => {
  it('joins a run of typing into one entry', () => {
    const typed = run('', type(0, 'x', 0), type(1, ' ', 100), type(2, '=', 200));
    expect(typed.document.text).toBe('x =');
    expect(reduceHistory(typed, { kind: 'undo' }).document.text).toBe('');
  });

  it('begins a new entry after a pause, at another place, and at a line break', () => {
    const paused = run('', type(0, 'a', 0), type(1, 'b', 5000));
    expect(reduceHistory(paused, { kind: 'undo' }).document.text).toBe('a');
    const elsewhere = run('hello', type(5, '!', 0), type(0, '¡', 10));
    expect(reduceHistory(elsewhere, { kind: 'undo' }).document.text).toBe('hello!');
    const line = run('', type(0, 'a', 0), type(1, '\n', 10));
    expect(reduceHistory(line, { kind: 'undo' }).document.text).toBe('a');
  });

  it('joins backspaces', () => {
    const erased = run('abc', type(2, '', 0, 3), type(1, '', 100, 2));
    expect(erased.document.text).toBe('a');
    expect(reduceHistory(erased, { kind: 'undo' }).document.text).toBe('abc');
  });

  it('makes one entry of one drag, however slow, and two of two drags', () => {
    const dragged = run(
      'x = 1',
      drag(4, 5, '2', 'g1', 0),
      drag(4, 5, '30', 'g1', 60_000),
      drag(4, 6, '4', 'g2', 60_001),
    );
    expect(dragged.document.text).toBe('x = 4');
    const once = reduceHistory(dragged, { kind: 'undo' });
    expect(once.document.text).toBe('x = 30');
    expect(reduceHistory(once, { kind: 'undo' }).document.text).toBe('x = 1');
  });

  it('is shared by typing and dragging, in order', () => {
    const both = run('x = 1', type(5, '0', 0), drag(4, 6, '7', 'g', 10), type(5, '5', 20));
    expect(both.document.text).toBe('x = 75');
    const texts = [both];
    for (let i = 0; i < 3; i++) texts.push(reduceHistory(texts.at(-1)!, { kind: 'undo' }));
    expect(texts.map((h) => h.document.text)).toEqual(['x = 75', 'x = 7', 'x = 10', 'x = 1']);
  });

  it('redoes what was undone until something else is typed', () => {
    const undone = run('', type(0, 'a', 0), { kind: 'undo' });
    expect(reduceHistory(undone, { kind: 'redo' }).document.text).toBe('a');
    const other = reduceHistory(undone, type(0, 'b', 10));
    expect(reduceHistory(other, { kind: 'redo' })).toBe(other);
  });

  it('does not join typing to an entry that was brought back by redo', () => {
    const redone = run('', type(0, 'a', 0), { kind: 'undo' }, { kind: 'redo' }, type(1, 'b', 1));
    expect(reduceHistory(redone, { kind: 'undo' }).document.text).toBe('a');
  });

  it('keeps the state itself when nothing changes', () => {
    const start = historyOf('a');
    expect(reduceHistory(start, { kind: 'undo' })).toBe(start);
    expect(reduceHistory(start, { kind: 'replace', text: 'a', at: 0 })).toBe(start);
  });

  it('bounds the number of entries and their total size', () => {
    let many = historyOf('');
    for (let i = 0; i < 700; i++) many = reduceHistory(many, type(0, 'x', i * 10_000));
    expect(many.past.length).toBe(500);
    let large = historyOf('y'.repeat(1_000_000));
    for (let i = 0; i < 60; i++) large = reduceHistory(large, type(0, 'x', i * 10_000));
    expect(large.past.length).toBeLessThanOrEqual(20);
    expect(large.past.length).toBeGreaterThan(10);
  });
});

describe('the smallest change between two texts', () => {
  it.each([
    ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
    ['aaa', 'aaaa', { from: 3, to: 3, insert: 'a' }],
    ['x = 1', 'x = 22', { from: 4, to: 5, insert: '22' }],
    ['same', 'same', { from: 4, to: 4, insert: '' }],
    ['', 'new', { from: 0, to: 0, insert: 'new' }],
  ])('%j to %j', (before, after, change) => {
    expect(changeBetween(before, after)).toEqual(change);
    expect(applyChange(before, change)).toBe(after);
  });
});
