import { SCALAR_MODULE, SIMD_MODULE } from './module.ts';

/** The little of WebAssembly that is used here; the packages know no host's types. */
export interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => WebAssemblyModule;
  readonly Memory: new (size: { initial: number }) => WebAssemblyMemory;
  readonly Instance: new (
    module: WebAssemblyModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: unknown };
}
type WebAssemblyModule = object;
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
}

/** Two numbers at a time, or one: the latter keeps the recorded order of additions. */
export type MachineVariant = 'simd' | 'scalar';

/** A compiled module and the host that made it. */
export interface Machine {
  readonly host: WebAssemblyHost;
  readonly module: WebAssemblyModule;
  readonly variant: MachineVariant;
}

let known: { host: WebAssemblyHost | undefined; machines: Map<MachineVariant, Machine | null> } | null = null;

/**
 * The machine, compiled at the first call: with SIMD where the host knows it, else without, unless a variant is asked
 * for. null where there is no WebAssembly, where a content security policy forbids it and where the host does not know
 * the variant.
 */
export function loadMachine(variant?: MachineVariant): Machine | null {
  if (variant === undefined) return loadMachine('simd') ?? loadMachine('scalar');
  const { WebAssembly: host } = globalThis as { WebAssembly?: WebAssemblyHost };
  if (known === null || known.host !== host) known = { host, machines: new Map() };
  let machine = known.machines.get(variant);
  if (machine === undefined) {
    machine = host === undefined ? null : compileMachine(host, variant);
    known.machines.set(variant, machine);
  }
  return machine;
}

function compileMachine(host: WebAssemblyHost, variant: MachineVariant): Machine | null {
  const bytes = decode(variant === 'simd' ? SIMD_MODULE : SCALAR_MODULE);
  try {
    return host.validate(bytes) ? { host, module: new host.Module(bytes), variant } : null;
  } catch {
    // CompileError by a content security policy; RangeError by hosts that compile only little at once.
    return null;
  }
}

/** Base64, for hosts without `atob`. */
function decode(text: string): Uint8Array {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes = new Uint8Array(Math.floor((text.replaceAll('=', '').length * 3) / 4));
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    bits = ((bits << 6) | digits.indexOf(text[i])) & 0xffffff;
    pending += 6;
    if (pending < 8) continue;
    pending -= 8;
    bytes[at++] = bits >> pending;
  }
  return bytes;
}
