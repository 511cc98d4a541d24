import { buildScene, toSvg, wholeFrame } from '@backflow/graph';
import type { Moment, SceneOptions } from '@backflow/graph';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { cardGrid } from './grid.ts';
import type { Picture } from './picture.ts';

interface SvgFallbackProps {
  readonly picture: Picture;
  readonly moment: Moment;
  readonly options: SceneOptions;
  readonly message: string;
  readonly title: string;
  readonly onSelect: (node: number | null) => void;
}

/** The whole graph as SVG in a scrolling box: the same scene, where there is no WebGL. */
export function SvgFallback({
  picture,
  moment,
  options,
  message,
  title,
  onSelect,
}: SvgFallbackProps): JSX.Element {
  const paper = useRef<HTMLDivElement>(null);
  const frame = useMemo(() => wholeFrame(picture.layout), [picture]);
  const grid = useMemo(() => cardGrid(picture), [picture]);
  useEffect(() => {
    const text = toSvg(buildScene(picture, moment, { ...options, frame }), { title });
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    paper.current?.replaceChildren(document.adoptNode(parsed));
  });
  useEffect(() => {
    const element = paper.current!;
    const onClick = (event: MouseEvent): void => {
      const { left, top } = element.getBoundingClientRect();
      const x = (event.clientX - left - frame.x) / frame.scale;
      const y = (event.clientY - top - frame.y) / frame.scale;
      onSelect(grid.at(x, y));
    };
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, [frame, grid, onSelect]);
  return (
    <div class="graph-fallback" data-over-graph>
      <p role="status">{message}</p>
      {/* A box that scrolls has to be reachable by keyboard. */}
      <div
        class="graph-paper"
        role="region"
        aria-label={title}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div ref={paper} />
      </div>
    </div>
  );
}
