import { formatCount, formatNumber } from '@backflow/print';
import type { EpochReport } from '@backflow/nn';
import type { Call } from './command.ts';
import { widthOf, clip } from './width.ts';

/** Between two pictures of the bar, in milliseconds. */
const REDRAW = 100;
/** Before that the engine is still getting ready, and says nothing of how long it will take. */
const UNSURE = 500;
const BAR = 20;
const SHORTEST = 4;

/** How far training is, drawn in one line of a terminal, and a line for every epoch that is done. */
export class Progress {
  readonly #call: Call;
  readonly #epochs: number;
  /** Examples of an epoch. */
  readonly #examples: number;
  readonly #bar: boolean;
  readonly #begun: number;
  #drawn = 0;
  #drawnAt = -Infinity;
  /** Examples seen by this process, and in the epoch that has begun. */
  #seen = 0;
  #inEpoch = 0;

  constructor(
    call: Call,
    of: { readonly epochs: number; readonly examples: number; readonly inEpoch: number },
  ) {
    const { err } = call.terminal;
    this.#call = call;
    this.#epochs = of.epochs;
    this.#examples = of.examples;
    this.#inEpoch = of.inEpoch;
    // A terminal that cannot go back to the beginning of its line gets the lines of epochs only.
    this.#bar = err.isTTY && call.terminal.env.TERM !== 'dumb';
    this.#begun = performance.now();
  }

  /** After a step of an epoch, `epoch` of which are finished. */
  step(epoch: number, { loss, examples }: { readonly loss: number; readonly examples: number }): void {
    this.#seen += examples;
    this.#inEpoch += examples;
    const now = performance.now();
    if (!this.#bar || now - this.#drawnAt < REDRAW) return;
    this.#drawnAt = now;
    this.#draw(epoch, loss, now);
  }

  /** An epoch is done. */
  epoch(report: EpochReport): void {
    this.#inEpoch = 0;
    this.clear();
    const { options, terminal, messages } = this.#call;
    if (options.has('json')) terminal.out.write(`${reportToJson(report)}\n`);
    else
      terminal.out.write(`${messages.train.epoch(report.epoch, this.#epochs, scores(this.#call, report))}\n`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#drawn > 0) this.#call.terminal.err.write(`\r${' '.repeat(this.#drawn)}\r`);
    this.#drawn = 0;
    this.#drawnAt = -Infinity;
  }

  /** Examples seen and seconds passed, in words. */
  sum(): { readonly examples: string; readonly time: string; readonly rate: string } {
    const seconds = (performance.now() - this.#begun) / 1000;
    return {
      examples: this.#count(this.#seen),
      time: seconds < 60 ? `${formatNumber(Math.max(0.1, seconds), { digits: 2 })} s` : duration(seconds),
      rate: this.#count(Math.round(this.#seen / Math.max(seconds, 1e-3))),
    };
  }

  #draw(epoch: number, loss: number, now: number): void {
    const { terminal, messages } = this.#call;
    // Some terminals say 0 for what they do not know.
    const columns = terminal.err.columns || 80;
    const done = Math.min(1, this.#inEpoch / this.#examples);
    const passed = now - this.#begun;
    const rate = this.#seen / Math.max(1e-3, passed / 1000);
    const left = (this.#examples * (this.#epochs - epoch) - this.#inEpoch) / rate;
    const say = (bar: string): string =>
      messages.train.progress({
        epoch: epoch + 1,
        epochs: this.#epochs,
        bar,
        percent: Math.floor(100 * done),
        rate: this.#count(Math.round(rate)),
        left: passed < UNSURE ? '–' : duration(left),
        loss: formatNumber(loss),
      });
    const cells = Math.min(BAR, columns - 1 - widthOf(say('')));
    const filled = Math.round(done * cells);
    const shown = clip(
      say(cells < SHORTEST ? '' : '█'.repeat(filled) + '░'.repeat(cells - filled)),
      columns - 1,
    );
    const width = widthOf(shown);
    terminal.err.write(`\r${shown}${' '.repeat(Math.max(0, this.#drawn - width))}`);
    this.#drawn = width;
  }

  #count(n: number): string {
    return formatCount(n, { group: this.#call.messages.thousands });
  }
}

function scores(call: Call, report: EpochReport): string {
  const { train } = call.messages;
  const { loss, accuracy, validationLoss, validationAccuracy } = report;
  const parts = [
    train.loss(formatNumber(loss)),
    ...(accuracy === null ? [] : [train.accuracy(percent(accuracy))]),
  ];
  if (validationLoss !== null) parts.push(train.validationLoss(formatNumber(validationLoss)));
  if (validationAccuracy !== null) parts.push(train.validationAccuracy(percent(validationAccuracy)));
  return parts.join(', ');
}

/** Without claiming 100 % where it is not all: 9,999 of 10,000 are 99.99 %. */
const percent = (share: number): string => {
  const rounded = Number((100 * share).toFixed(2));
  return `${share < 1 && rounded === 100 ? '> 99.99' : String(rounded)} %`;
};

/** The members of an epoch's report, no others. JSON has no number for what is not finite: null. */
function reportToJson({ epoch, loss, accuracy, validationLoss, validationAccuracy }: EpochReport): string {
  return JSON.stringify({ epoch, loss, accuracy, validationLoss, validationAccuracy });
}

/** `0:07`, `12:30`, `1:02:05`. */
function duration(seconds: number): string {
  const all = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
