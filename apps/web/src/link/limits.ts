/** A link may unfold to this many bytes and no more; a file that is opened may not have more either. */
export const LINK_BYTES = 2_000_000;
