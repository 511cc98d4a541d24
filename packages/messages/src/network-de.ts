import type { NetworkMessages } from './network-en.ts';
import { gradientsDe } from './network/gradients-de.ts';
import { pictureDe } from './network/picture-de.ts';
import { problemsDe } from './network/problems-de.ts';
import { trainingDe } from './network/training-de.ts';
import { tryDe } from './network/try-de.ts';

export const networkDe: NetworkMessages = {
  tabs: {
    label: 'Netz',
    names: { picture: 'Bild', training: 'Training', gradients: 'Gradienten', try: 'Ausprobieren' },
    none: 'Das Dokument hat kein Netz.',
  },
  training: trainingDe,
  picture: pictureDe,
  gradients: gradientsDe,
  try: tryDe,
  problems: problemsDe,
};
