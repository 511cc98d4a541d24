/** Writes the pages of all exports: `npm run docs:api`. */
import { writeFileSync } from 'node:fs';
import { BOOKS, fileOf, pageOf } from './page.ts';

for (const book of BOOKS) {
  const { text, silent } = await pageOf(book);
  writeFileSync(fileOf(book), text);
  console.log(`${book.path}: ${text.length} characters.`);
  if (silent.length > 0) {
    console.error(`Without a comment: ${silent.join(', ')}.`);
    process.exitCode = 1;
  }
}
