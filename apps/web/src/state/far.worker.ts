import { defineFromJson } from '@backflow/engine';
import { arrange } from '../graph-view/picture.ts';
import { READY, type Definitions, type Reply } from './bounded-worker.ts';
import { awaitsNetworks, compileWhole, fetchNetworks } from './compiling.ts';
import type { FarAnswer, FarQuestion } from './far.ts';

/* What takes long is done here, so that the page can be used meanwhile and can end it. */

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<FarQuestion | Definitions>) => Promise<void>) | null;
  postMessage(reply: Reply<FarAnswer> | typeof READY): void;
};

/** Cards are sized for these words; those of the page are about as long. */
const WORDS = { value: 'value', partial: (reported: number, uses: number) => `${reported} of ${uses}` };

function answer(question: FarQuestion): FarAnswer {
  switch (question.kind) {
    case 'compile':
      return { kind: 'compiled', compiled: compileWhole(question.text) };
    case 'arrange': {
      const { recording, size, digits, previous } = question;
      return { kind: 'arranged', arrangement: arrange(recording, size, { digits, words: WORDS, previous }) };
    }
  }
}

scope.postMessage(READY);
scope.onmessage = async ({ data }) => {
  try {
    if ('define' in data) return void defineFromJson(data.define);
    if (data.kind === 'compile' && awaitsNetworks(data.text)) await fetchNetworks();
    scope.postMessage({ answer: answer(data) });
  } catch (error) {
    scope.postMessage({ failure: String(error) });
  }
};
