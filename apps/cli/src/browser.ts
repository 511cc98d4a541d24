import { spawn } from 'node:child_process';

/**
 * Tries to open an address in the user's browser. Fails in silence: the address has been printed. Does
 * not try where there is no screen, under CI, or with `BROWSER=none`.
 */
export function openBrowser(address: string): void {
  const { CI, BROWSER, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  if (CI || BROWSER === 'none') return;
  const screen = DISPLAY ?? WAYLAND_DISPLAY ?? WSL_DISTRO_NAME;
  if (process.platform === 'win32') start('cmd', ['/c', 'start', '""', address]);
  else if (process.platform === 'darwin') start('open', [address]);
  else if (screen !== undefined) start('xdg-open', [address]);
}

function start(command: string, parameters: readonly string[]): void {
  const child = spawn(command, parameters, {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    windowsVerbatimArguments: true,
  });
  child.on('error', () => {});
  child.unref();
}
