import { StaleValueError } from '../errors.ts';
import type { Tape } from './tape.ts';
import { Value } from './value.ts';

/** A Value that knows the node it was made for from others that take its place later. */
export class DebugValue extends Value {
  private readonly stamp: number;

  constructor(tape: Tape, index: number) {
    super(tape, index);
    this.stamp = tape.stampOf(index);
  }

  override get data(): number {
    this.check('data');
    return super.data;
  }

  override set data(data: number) {
    this.check('data');
    super.data = data;
  }

  override get grad(): number {
    this.check('grad');
    return super.grad;
  }

  override set grad(grad: number) {
    this.check('grad');
    super.grad = grad;
  }

  override get label(): string {
    this.check('label');
    return super.label;
  }

  override set label(label: string) {
    super.label = label;
  }

  override check(where: string): void {
    const { tape, index } = this;
    if (this.stamp !== tape.stampOf(index)) throw new StaleValueError(where, index, tape.count);
    super.check(where);
  }
}
