import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BOOKS, fileOf, pageOf } from '../tools/api/page.ts';

describe.each(BOOKS)('$path', async (book) => {
  const { text, silent } = await pageOf(book);

  it('is what npm run docs:api writes', () => {
    expect(readFileSync(fileOf(book), 'utf8')).toBe(text);
  });

  it('has a comment for everything that is exported, and for each public member of a class', () => {
    expect(silent).toEqual([]);
  });
});
