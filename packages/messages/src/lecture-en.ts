/** What the page says in front of a class, in English. */
export const lectureEn = {
  stop: (at: number, of: number) => `Stop ${at} of ${of}`,
  none: (of: number) => (of === 1 ? '1 stop' : `${of} stops`),
  control: 'Stops',
  next: 'Next stop',
  previous: 'Previous stop',

  line: (line: number) => `line ${line}`,
  problem: 'Stop',
  problems: {
    step: (found: string) =>
      `“${found}” is no step. Expected start, forward, seed, end, visit u, y → u or step 17, then a colon and a sentence.`,
    colon: (found: string) =>
      `“${found}” has no colon. Expected a step, a colon and a sentence, as in  visit u: u is done.`,
    view: (found: string) =>
      `“${found}” is nothing that can be shown. Expected graph, nodes, memo, tree, written, table, growth, two algorithms as in path-sum | reverse, or the name of a node.`,
    unclosed: (_found: string) =>
      'This fence is not closed: everything below it is read as stops. Expected ``` on a line of its own.',
    node: (found: string) => `There is no node ${found} in this program.`,
    edge: (found: string) =>
      `There is no edge ${found} in this program. Expected a node and something it is computed from.`,
    never: (found: string) => `“${found}” never happens in this run. The stop stays where the page is.`,
  },

  qr: {
    title: 'QR code of this page',
    picture: (address: string) => `QR code of ${address}`,
    hint: 'It opens this document at this step.',
    address: 'Address',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    copyFailed: 'The browser did not allow copying. The link stands in the address bar.',
    tooLong: (bytes: string, most: string) =>
      `This link has ${bytes} bytes; a QR code holds ${most}. Copy the link instead, or shorten the document.`,
    noLink: 'This document is too long for a link. Save it as a file instead.',
    local: 'This address is only known on this computer: nobody else can open it.',
    close: 'Close',
  },
};

export type LectureMessages = typeof lectureEn;
