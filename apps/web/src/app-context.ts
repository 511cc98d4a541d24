import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from './state/app.ts';
import { commandOf, isEnabled, type CommandId, type Hands } from './state/commands.ts';

export interface Surface {
  readonly app: App;
  readonly hands: Hands;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  return useContext(SurfaceContext)!;
}

export function useApp(): App {
  return useSurface().app;
}

/** A command as a control shows it. */
export function useCommand(id: CommandId): {
  label: string;
  keys: readonly string[];
  enabled: boolean;
  perform: () => void;
} {
  const { app, hands } = useSurface();
  const command = commandOf(id);
  return {
    label: app.messages.value.page.commands[id],
    keys: command.keys,
    enabled: isEnabled(command, app),
    perform: () => {
      if (isEnabled(command, app)) command.perform(app, hands);
    },
  };
}
