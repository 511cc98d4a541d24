/* A chunk of its own: LaTeX is only needed for exports and in the inspector. */
export { derivationMarkdown } from '@backflow/trace';
