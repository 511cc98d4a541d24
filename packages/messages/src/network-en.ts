import { gradientsEn } from './network/gradients-en.ts';
import { pictureEn } from './network/picture-en.ts';
import { problemsEn } from './network/problems-en.ts';
import { trainingEn } from './network/training-en.ts';
import { tryEn } from './network/try-en.ts';

/** The texts of the network view, loaded with it. */
export const networkEn = {
  tabs: {
    label: 'Network',
    names: { picture: 'Picture', training: 'Training', gradients: 'Gradients', try: 'Try it' },
    none: 'The document has no network.',
  },
  training: trainingEn,
  picture: pictureEn,
  gradients: gradientsEn,
  try: tryEn,
  problems: problemsEn,
};

export type NetworkMessages = typeof networkEn;
