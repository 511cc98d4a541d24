import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundedWorker, READY, type Outcome } from '../../apps/web/src/state/bounded-worker.ts';

/** A worker that answers when it is told to. */
class FakeWorker {
  static made: FakeWorker[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  asked: unknown[] = [];
  terminated = false;
  constructor() {
    FakeWorker.made.push(this);
  }
  postMessage(question: unknown): void {
    this.asked.push(question);
  }
  terminate(): void {
    this.terminated = true;
  }
}

const hire = (): Worker => new FakeWorker() as unknown as Worker;

describe('a bounded worker', () => {
  beforeEach(() => {
    FakeWorker.made = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('answers, and is used again', () => {
    const outcomes: Outcome<string>[] = [];
    const worker = boundedWorker<string, string>(hire);
    worker.ask('a', (outcome) => outcomes.push(outcome));
    FakeWorker.made[0].onmessage!({ data: READY });
    FakeWorker.made[0].onmessage!({ data: { answer: 'A' } });
    worker.ask('b', (outcome) => outcomes.push(outcome));
    expect(FakeWorker.made.length).toBe(1);
    expect(FakeWorker.made[0].asked).toEqual(['a', 'b']);
    expect(outcomes).toEqual([{ kind: 'answer', answer: 'A' }]);
  });

  it('is ended when it takes too long', () => {
    const outcomes: Outcome<string>[] = [];
    const worker = boundedWorker<string, string>(hire, 5000);
    worker.ask('a', (outcome) => outcomes.push(outcome));
    vi.advanceTimersByTime(4999);
    expect(outcomes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(outcomes).toEqual([{ kind: 'slow' }]);
    expect(FakeWorker.made[0].terminated).toBe(true);
    worker.ask('b', () => undefined);
    expect(FakeWorker.made.length).toBe(2);
  });

  it('drops a task for a newer one, and never answers it', () => {
    const outcomes: string[] = [];
    const worker = boundedWorker<string, string>(hire);
    worker.ask('a', () => outcomes.push('a'));
    worker.ask('b', () => outcomes.push('b'));
    expect(FakeWorker.made[0].terminated).toBe(true);
    FakeWorker.made[0].onmessage?.({ data: { answer: 'late' } });
    FakeWorker.made[1].onmessage!({ data: { answer: 'B' } });
    vi.advanceTimersByTime(60_000);
    expect(outcomes).toEqual(['b']);
  });

  it('tells a crash from a browser that allows no workers', () => {
    const outcomes: string[] = [];
    const worker = boundedWorker<string, string>(hire);
    worker.ask('a', ({ kind }) => outcomes.push(kind));
    FakeWorker.made[0].onerror!();
    worker.ask('b', ({ kind }) => outcomes.push(kind));
    FakeWorker.made[1].onmessage!({ data: READY });
    FakeWorker.made[1].onerror!();
    boundedWorker<string, string>(() => null).ask('c', ({ kind }) => outcomes.push(kind));
    expect(outcomes).toEqual(['none', 'crashed', 'none']);
  });
});
