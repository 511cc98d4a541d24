import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiPage, PAGE } from '../tools/api/page.ts';

describe('docs/api.md', async () => {
  const { text, silent } = await apiPage();

  it('is what npm run docs:api writes', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(text);
  });

  it('has a comment for everything that is exported, and for each public member of a class', () => {
    expect(silent).toEqual([]);
  });
});
