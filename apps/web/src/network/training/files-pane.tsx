import type { NetworkMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { needsFiles } from './identity.ts';
import type { TrainingRoom } from './training.ts';

/** Where the reader gives the files that the document names. */
export function Files({
  training,
  texts,
}: {
  readonly training: TrainingRoom;
  readonly texts: NetworkMessages;
}): JSX.Element | null {
  const words = texts.training.files;
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const data = training.document.value?.data ?? null;
  if (data === null || needsFiles(data).length === 0 || training.state.value === 'none') return null;
  const isWaiting = training.state.value === 'waiting';
  const dataset = training.dataset.value;
  const give = (files: FileList | null | undefined): void => {
    if (files !== null && files !== undefined && files.length > 0) void training.giveFiles([...files]);
  };
  return (
    // The button beside it does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class={`training-files ${isWaiting ? 'waiting' : ''} ${over ? 'over' : ''}`}
      role="group"
      aria-label={words.label}
      data-drop="own"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        give(event.dataTransfer?.files);
      }}
    >
      <p>
        {isWaiting
          ? words.missing(training.missing.value)
          : dataset === null
            ? ''
            : `${dataset.name}: ${dataset.size} × ${dataset.inputs}`}
      </p>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept=".csv,.tsv,.txt,.gz,text/csv,application/gzip,*"
        onChange={(event) => {
          give(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class={`button ${isWaiting ? 'strong' : 'outlined'}`}
        onClick={() => chooser.current?.click()}
      >
        {isWaiting ? words.choose : words.again}
      </button>
      {isWaiting ? <span class="quiet">{words.drop}</span> : null}
    </div>
  );
}
