import { loadNotesMessages, type NotesMessages } from '@backflow/messages';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';

/** The texts beside notes, once they are here. */
export function useNotesTexts(): NotesMessages | null {
  const { language } = useApp().settings.value;
  const [texts, setTexts] = useState<NotesMessages | null>(null);
  useEffect(() => {
    let gone = false;
    void loadNotesMessages(language).then((loaded) => {
      if (!gone) setTexts(loaded);
    });
    return () => {
      gone = true;
    };
  }, [language]);
  return texts;
}
