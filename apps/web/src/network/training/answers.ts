import { useEffect, useRef, useState } from 'preact/hooks';
import type { NetworkTabProps } from '../contract.ts';
import { answersOf, type Answers } from './response.ts';

export type { Answers } from './response.ts';

/** While it trains, answers of all examples are computed anew this often, if they take no more multiplications than that. */
const PAUSE_MS = 400;
const WORK = 20_000_000;

/** What the network answers to all examples; `late` while it trains on without them. */
export function useAnswers({ training, network }: Pick<NetworkTabProps, 'training' | 'network'>): {
  readonly answers: Answers | null;
  readonly late: boolean;
} {
  const [answers, setAnswers] = useState<Answers | null>(null);
  const dataset = training.dataset.value;
  const parameters = training.parameters.value;
  const isRunning = training.state.value === 'running';
  const large = dataset !== null && dataset.size * parameters.length > WORK;
  const begun = useRef(0);
  const latest = useRef(parameters);
  latest.current = parameters;
  const of = dataset;
  useEffect(() => setAnswers(null), [of]);
  useEffect(() => {
    if (of === null || network.loss === null || (isRunning && large)) return;
    const { loss } = network;
    let gone = false;
    const start = (): void => {
      begun.current = Date.now();
      void answersOf(network.network, loss, latest.current, of, () => gone).then((found) => {
        if (found !== null) setAnswers(found);
      });
    };
    const wait = isRunning ? Math.max(0, PAUSE_MS - (Date.now() - begun.current)) : 0;
    if (wait === 0) {
      start();
      return () => {
        gone = true;
      };
    }
    const timer = setTimeout(start, wait);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [parameters, of, isRunning, large]);
  return { answers, late: isRunning && large };
}

/** The last of a value that changes many times a second, no more often than that. */
export function useSlow<T>(value: T, ms: number): T {
  const [shown, show] = useState(value);
  const shownAt = useRef(0);
  useEffect(() => {
    const wait = ms - (Date.now() - shownAt.current);
    const next = (): void => {
      shownAt.current = Date.now();
      show(value);
    };
    if (wait <= 0) return next();
    const timer = setTimeout(next, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}
