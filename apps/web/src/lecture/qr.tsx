import { formatNumber } from '@backflow/print';
import { loadLectureMessages, type LectureMessages } from '@backflow/messages';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSurface } from '../app-context.ts';
import { Icon } from '../look/icons.tsx';
import { readerTexts } from '../look/reader-texts.ts';
import { Dialog } from '../menu/dialog.tsx';
import { codeOf, MOST_BYTES, type Code } from './qr-code.ts';
import './qr.css';

/** The page's address to be scanned from the wall, and below it in letters. */
export function Qr(): JSX.Element | null {
  const { app, hands } = useSurface();
  const [texts, setTexts] = useState<ReadonlySignal<LectureMessages> | null>(null);
  const [address, setAddress] = useState<string | null>();
  const [copied, setCopied] = useState<boolean | null>(null);
  const close = (): void => void (app.dialog.value = null);

  useEffect(() => {
    void readerTexts(app, loadLectureMessages).then(setTexts);
    void hands.address().then(setAddress);
  }, []);

  if (texts === null || address === undefined) return null;
  const words = texts.value.qr;
  const code = address === null ? null : codeOf(address);
  const copy = (): void => {
    const write = async (): Promise<void> => navigator.clipboard.writeText(address!);
    void write().then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Dialog class="qr" label={words.title} onClose={close}>
      <div class="head">
        <h2>{words.title}</h2>
        <button type="button" class="button" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="body">
        {address === null ? (
          <p role="alert">{words.noLink}</p>
        ) : (
          <>
            {code === null ? (
              <p role="alert">
                {words.tooLong(
                  formatNumber(new TextEncoder().encode(address).length, { digits: 10 }),
                  formatNumber(MOST_BYTES),
                )}
              </p>
            ) : (
              <Picture code={code} label={words.picture(address)} />
            )}
            <div class="side">
              {code === null ? null : <p>{isLocal() ? words.local : words.hint}</p>}
              {/* A scrolling region must be reachable by keyboard. */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <p class="address" role="region" aria-label={words.address} tabIndex={0}>
                {address}
              </p>
              <p>
                <button type="button" class="button outlined" onClick={copy}>
                  {words.copy}
                </button>
              </p>
              <p role="status">{copied === null ? '' : copied ? words.copied : words.copyFailed}</p>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** An address that leads nowhere on other machines. */
function isLocal(): boolean {
  return location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.hostname);
}

/** One path of squares on white, with the quiet zone around it; sharp at every size. */
function Picture({ code, label }: { code: Code; label: string }): JSX.Element {
  return (
    <svg
      class="code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={code.path} fill="#000000" />
    </svg>
  );
}
