import type { Box, Moment } from '@backflow/graph';
import type { JSX } from 'preact';
import { detailsOf } from './describe.ts';
import type { Picture, Size } from './picture.ts';

interface TooltipProps {
  readonly picture: Picture;
  readonly moment: Moment;
  readonly node: number;
  readonly box: Box | null;
  readonly size: Size | null;
  /** The word before the value. */
  readonly word: string;
}

/** Every digit of a card's numbers, below the card or above it, never over it. */
export function Tooltip({ picture, moment, node, box, size, word }: TooltipProps): JSX.Element | null {
  if (box === null || size === null || node >= picture.recording.count) return null;
  const { title, value, derivative, gradient } = detailsOf(picture, moment, node);
  const above = box.y + box.height > size.height - 90 && box.y > 90;
  const left = Math.max(8, Math.min(box.x, size.width - 300));
  const place = above
    ? { left: `${left}px`, bottom: `${size.height - box.y + 10}px` }
    : { left: `${left}px`, top: `${box.y + box.height + 10}px` };
  return (
    <div class="graph-tooltip" role="tooltip" style={place}>
      <strong>{title}</strong>
      <span>
        {word} {value}
      </span>
      <span>
        {derivative} = {gradient}
      </span>
    </div>
  );
}
