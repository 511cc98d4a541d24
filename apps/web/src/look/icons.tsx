import type { JSX } from 'preact';

/** Line drawings on a 20 × 20 grid; `solid` parts are filled. All are decoration beside a text or a label. */
const DRAWINGS = {
  logo: (
    <>
      <path d="M17 5.5h-7.5a4.5 4.5 0 0 0 0 9H15" />
      <path d="M6.6 11.6 3.6 14.5l3 3" transform="translate(8.4 0) scale(-1 1) translate(-9.6 0)" />
      <circle class="solid" cx="17" cy="5.5" r="1.6" />
    </>
  ),
  start: (
    <>
      <path class="solid" d="M15 4.5v11L7 10z" />
      <path d="M5 4.5v11" />
    </>
  ),
  end: (
    <>
      <path class="solid" d="M5 4.5v11l8-5.5z" />
      <path d="M15 4.5v11" />
    </>
  ),
  back: <path class="solid" d="M13.5 4.5v11L6 10z" />,
  forward: <path class="solid" d="M6.5 4.5v11L14 10z" />,
  play: <path class="solid" d="M6 4v12l10-6z" />,
  pause: (
    <>
      <path class="solid" d="M6 4.5h2.4v11H6z" />
      <path class="solid" d="M11.6 4.5H14v11h-2.4z" />
    </>
  ),
  undo: <path d="M7 4 3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8" />,
  redo: <path d="m13 4 3.5 3.5L13 11M16 7.5H8.5a4.5 4.5 0 0 0 0 9H12" />,
  qr: (
    <>
      <path d="M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5z" />
      <path class="solid" d="M11 11h2.4v2.4H11zM14.6 14.6H17V17h-2.4zM14.6 11H17v1.6h-2.4zM11 15h1.6v2H11z" />
    </>
  ),
  menu: <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />,
  down: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="4.8" />
      <path d="m12.5 12.5 4 4" />
    </>
  ),
  check: <path d="m4.5 10.5 3.6 3.6 7.4-8" />,
  source: <path d="M7 5.5 2.8 10 7 14.5M13 5.5l4.2 4.5-4.2 4.5" />,
  inspector: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.5" />
      <path d="M11.5 4v12M13.4 7.5h1.8M13.4 10h1.8" />
    </>
  ),
  minus: <path d="M4.5 10h11" />,
  plus: <path d="M4.5 10h11M10 4.5v11" />,
  fit: <path d="M4 7.5V4h3.5M12.5 4H16v3.5M16 12.5V16h-3.5M7.5 16H4v-3.5" />,
  follow: (
    <>
      <circle cx="10" cy="10" r="5.5" />
      <circle class="solid" cx="10" cy="10" r="1.2" />
      <path d="M10 2.5v3M10 14.5v3M2.5 10h3M14.5 10h3" />
    </>
  ),
  help: (
    <>
      <path d="M7 7.4a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2" />
      <circle class="solid" cx="10" cy="15.2" r=".5" />
    </>
  ),
} as const;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}
