/** Writes docs/api.md: `npm run docs:api`. */
import { writeFileSync } from 'node:fs';
import { apiPage, PAGE } from './page.ts';

const { text, silent } = await apiPage();
writeFileSync(PAGE, text);
console.log(`docs/api.md: ${text.length} characters.`);
if (silent.length > 0) {
  console.error(`Without a comment: ${silent.join(', ')}.`);
  process.exitCode = 1;
}
