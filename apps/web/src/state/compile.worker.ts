import { compileWhole, type Compiled } from './compiling.ts';

export interface CompileRequest {
  readonly text: string;
}

export type CompileReply = { readonly compiled: Compiled } | { readonly failure: string };

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<CompileRequest>) => void) | null;
  postMessage(reply: CompileReply, transfer: Transferable[]): void;
};

scope.onmessage = ({ data }) => {
  try {
    const compiled = compileWhole(data.text);
    const arrays = Object.values(compiled.recording ?? {}).filter((part) => ArrayBuffer.isView(part));
    scope.postMessage({ compiled }, [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))]);
  } catch (error) {
    scope.postMessage({ failure: String(error) }, []);
  }
};
