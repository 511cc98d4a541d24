import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { moduleBytes, moduleSource } from '../../tools/wasm/build.ts';
import * as plan from '../../packages/engine/src/plan/plan.ts';
import { loadMachine } from '../../packages/engine/src/plan/wasm/load.ts';
import { wasmMachine } from '../../packages/engine/src/plan/wasm/machine.ts';
import { ProgramWriter } from './wasm-programs.ts';

/** x · y. */
function product(): plan.Program {
  const writer = new ProgramWriter([3, 4]);
  writer.one(plan.MUL, 0, 1);
  return writer.program();
}

describe('the WebAssembly module', () => {
  it('is what its source makes', async () => {
    const file = resolve(import.meta.dirname, '../../packages/engine/src/plan/wasm/module.ts');
    expect(await readFile(file, 'utf8')).toBe(await moduleSource());
  });

  it('is compiled once', () => {
    expect(loadMachine('simd')).toBe(loadMachine('simd'));
    expect(loadMachine()).toBe(loadMachine('simd'));
    expect(loadMachine('scalar')).not.toBe(loadMachine('simd'));
  });
});

describe('where there is no WebAssembly', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('there is no machine', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(wasmMachine(product())).toBeNull();
    vi.unstubAllGlobals();
    expect(wasmMachine(product())).not.toBeNull();
  });

  it('there is no machine where a content security policy forbids to compile', () => {
    let tried = 0;
    function Module() {
      tried++;
      throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
    }
    vi.stubGlobal('WebAssembly', { ...everything(), Module });
    expect(wasmMachine(product())).toBeNull();
    expect(wasmMachine(product())).toBeNull();
    // Each variant is tried, once.
    expect(tried).toBe(2);
  });

  it('the scalar machine stands in where the host knows no SIMD', async () => {
    const { validate } = WebAssembly;
    const simd = await moduleBytes(true);
    vi.stubGlobal('WebAssembly', {
      ...everything(),
      validate: (bytes: Uint8Array<ArrayBuffer>) => bytes.length !== simd.length && validate(bytes),
    });
    expect(loadMachine('simd')).toBeNull();
    expect(loadMachine()?.variant).toBe('scalar');
    expect(run(product())).toEqual([12, 4, 3]);
  });

  it('there is no machine where there is no memory for it', () => {
    function Memory() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    }
    vi.stubGlobal('WebAssembly', { ...everything(), Memory });
    expect(wasmMachine(product())).toBeNull();
  });
});

/** The functions of WebAssembly, which are not enumerable. */
function everything(): Record<string, unknown> {
  const { Module, Memory, Instance, CompileError, validate } = WebAssembly;
  return { Module, Memory, Instance, CompileError, validate };
}

function run(program: plan.Program): number[] {
  const machine = wasmMachine(program)!;
  machine.forward();
  machine.backward([1]);
  return [machine.value[program.outputs[0]], ...machine.gradient.subarray(0, program.inputs)];
}

describe('a machine', () => {
  it('gives its memory back: 20,000 in a row', () => {
    const program = product();
    for (let i = 0; i < 20_000; i++) {
      if (wasmMachine(program) === null) throw new Error(`There is no memory for machine ${i}`);
    }
    expect(run(program)).toEqual([12, 4, 3]);
  });

  it('has a memory of as many pages as its program needs', () => {
    const count = 300_000;
    const writer = new ProgramWriter([1, 1]);
    // 1, 2, 3, … in single instructions.
    for (let i = 0; i < count; i++) writer.one(plan.ADD, i === 0 ? 0 : writer.next - 1, 1);
    const program = writer.program();
    const machine = wasmMachine(program)!;
    expect(machine.value.buffer.byteLength).toBeGreaterThan(count * 48);
    expect(run(program)).toEqual([count + 1, 1, count]);
  });

  it('may have nothing to compute', () => {
    const program = new ProgramWriter([5, 6], 1).program([0, 1, 0]);
    const machine = wasmMachine(program)!;
    machine.forward();
    machine.backward([2, 3, 4]);
    expect([machine.value[0], machine.value[1], machine.gradient[0]]).toEqual([5, 6, 6]);
    const none = wasmMachine(new ProgramWriter([], 0).program([0]))!;
    none.forward();
    none.backward([1]);
    none.update(1);
    expect(none.value[0]).toBe(-0);
  });

  it('holds a chain in its two numbers per link, whatever the length', () => {
    const count = 500_000;
    const writer = new ProgramWriter([1, 1, 0.5]);
    const start = writer.one(plan.ADD, 0, 1);
    writer.run(plan.FMA, count, [start, 1, 2], [1, 0, 0]);
    const program = writer.program();
    expect(wasmMachine(program)!.value.buffer.byteLength).toBeLessThan(16 * count + 2 * 65536);
    // x + count/2, and ∂/∂factor is 1 + the sum of all results but the last.
    const sum = 2 * count + (count * (count - 1)) / 4;
    expect(run(program)).toEqual([2 + count / 2, 1, 1 + sum, count]);
  });

  it('takes a step against the gradient', () => {
    for (const variant of ['simd', 'scalar'] as const) {
      const leaves = Array.from({ length: 11 }, (_, i) => i + 0.1);
      const writer = new ProgramWriter(leaves, 9);
      writer.dot(0, 0, [11, 1, 1]);
      const machine = wasmMachine(writer.program(), variant)!;
      machine.forward();
      machine.backward([1]);
      machine.update(0.3);
      // The last two are no inputs.
      const expected = leaves.map((x, i) => (i < 9 ? x - 0.3 * (x + x) : x));
      expect([...machine.value.subarray(0, 11)]).toEqual(expected);
    }
  });
});
