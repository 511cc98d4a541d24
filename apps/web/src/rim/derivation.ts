/* A chunk of its own: what writes texts is only needed for exports and for recordings. */
export { programOf } from '@backflow/print';
export { derivationMarkdown } from '@backflow/trace';
