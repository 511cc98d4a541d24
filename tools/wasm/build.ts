// Makes packages/engine/src/plan/wasm/module.ts from machine.ts: `npm run build:wasm`.
import { writeFile } from 'node:fs/promises';
import wabt from 'wabt';
import { machine } from './machine.ts';

/** The module's bytes. */
export async function moduleBytes(simd: boolean): Promise<Uint8Array> {
  const module = (await wabt()).parseWat('machine.wat', machine(simd), { simd, bulk_memory: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The text of module.ts. */
export async function moduleSource(): Promise<string> {
  const base64 = async (simd: boolean): Promise<string> =>
    Buffer.from(await moduleBytes(simd)).toString('base64');
  const line = (name: string, text: string): string =>
    `// prettier-ignore\nexport const ${name} =\n  '${text}';\n`;
  return (
    '// Made by `npm run build:wasm` from tools/wasm. Base64.\n\n' +
    `/** The machine with two numbers at a time. */\n${line('SIMD_MODULE', await base64(true))}\n` +
    `/** The machine for where there is no SIMD. */\n${line('SCALAR_MODULE', await base64(false))}`
  );
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(
    new URL('../../packages/engine/src/plan/wasm/module.ts', import.meta.url),
    await moduleSource(),
  );
}
