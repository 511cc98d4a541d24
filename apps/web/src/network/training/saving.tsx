import { parametersFromJson, parametersToJson } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { download } from '../../rim/files.ts';
import type { NetworkTabProps } from '../contract.ts';
import { reasonOf } from './problems.ts';

type Said = { readonly tone: 'info' | 'warning'; readonly text: (texts: NetworkMessages) => string };
type Format = 'json' | 'onnx' | 'pytorch';

/** The weights as files, to be kept and to be carried elsewhere. */
export function Saving({
  training,
  network,
  texts,
}: Pick<NetworkTabProps, 'training' | 'network' | 'texts'>): JSX.Element {
  const words = texts.training.saving;
  const chooser = useRef<HTMLInputElement>(null);
  const [said, say] = useState<Said | null>(null);
  const spec = network.network;

  async function save(format: Format): Promise<void> {
    say(null);
    try {
      const parameters = training.parameters.peek();
      if (format === 'json') {
        const text = parametersToJson(spec, parameters);
        return download(`${network.name}.json`, new Blob([text], { type: 'application/json' }));
      }
      const { toOnnx, toPyTorch } = await import('@backflow/nn/exchange');
      if (format === 'onnx')
        download(
          `${network.name}.onnx`,
          new Blob([toOnnx(spec, parameters).slice()], { type: 'application/octet-stream' }),
        );
      else download(`${network.name}.py`, new Blob([toPyTorch(spec, parameters)], { type: 'text/x-python' }));
    } catch (error) {
      say({
        tone: 'warning',
        text: ({ training: words }) => words.saving.failed(words.reason(reasonOf(error))),
      });
    }
  }

  async function open(file: File): Promise<void> {
    try {
      training.setParameters(await parametersIn(await file.text(), spec));
      say({ tone: 'info', text: ({ training: { saving } }) => saving.opened(file.name) });
    } catch (error) {
      say({
        tone: 'warning',
        text: ({ training: words }) => words.saving.refused(file.name, words.reason(reasonOf(error))),
      });
    }
  }

  return (
    <section class="training-card training-saving" aria-label={words.label}>
      <header>
        <h2>{words.label}</h2>
      </header>
      <p class="training-buttons">
        <span class="small quiet">{words.save}</span>
        {(['json', 'onnx', 'pytorch'] as const).map((format) => (
          <button key={format} type="button" class="button outlined" onClick={() => void save(format)}>
            {words[format]}
          </button>
        ))}
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".json,application/json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) void open(file);
          }}
        />
        <button type="button" class="button outlined" onClick={() => chooser.current?.click()}>
          {words.open}
        </button>
      </p>
      {said === null ? null : (
        <p class={`training-message ${said.tone}`} role="status">
          {said.text(texts)}
        </p>
      )}
      <p class="small quiet">{words.about}</p>
    </section>
  );
}

/** The parameters of a file that was saved here, or of a state dict of PyTorch. Throws where it does not fit, with the reason. */
async function parametersIn(
  text: string,
  spec: NetworkTabProps['network']['network'],
): Promise<Float64Array> {
  if (/"format"\s*:\s*"backflow-network"/.test(text.slice(0, 500)))
    return parametersFromJson(text, spec).parameters;
  const { fromStateDict } = await import('@backflow/nn/exchange');
  return fromStateDict(text, spec).parameters;
}
