import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

export const HELP =
  'No Chromium found for the browser tests: install Chrome or Chromium, or set BACKFLOW_CHROMIUM to its executable.';

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** The path of a Chromium that is already here: the environment's, an installed one, Playwright's. */
export function installedChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const named = environment['BACKFLOW_CHROMIUM'] ?? environment['CHROME_PATH'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`BACKFLOW_CHROMIUM or CHROME_PATH names ${named}, which is not an executable file.`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...APPLICATIONS,
    chromium.executablePath(),
  ];
  return candidates.find((path) => path && isExecutable(path)) ?? null;
}

function runs(command: string, ...args: readonly string[]): boolean {
  console.log(`Installing a Chromium for the browser tests: ${command} ${args.join(' ')}`);
  try {
    execFileSync(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch (error) {
    console.log(`It did not work: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return false;
  }
}

/**
 * The path of a Chromium, installed if there is none: Playwright's own where it can be downloaded, else
 * Debian's by apt-get as root.
 * @throws Error with the one line that says what to install.
 */
export function findChromium(): string {
  const here = installedChromium();
  if (here) return here;
  const cli = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js');
  if (runs(process.execPath, cli, 'install', 'chromium')) {
    const downloaded = installedChromium();
    if (downloaded) return downloaded;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    if (
      runs('apt-get', 'update', '-qq') &&
      runs('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')
    ) {
      const installed = installedChromium();
      if (installed) return installed;
    }
  }
  throw new Error(HELP);
}

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
