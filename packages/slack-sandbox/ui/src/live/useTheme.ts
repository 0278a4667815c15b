import { useEffect, useState, useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const KEY = 'sandbox-theme';
const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
}

/** The system's theme until the person chooses one, which this browser remembers. */
export function useTheme(): readonly [Theme, () => void] {
  const system: Theme = useSyncExternalStore(subscribe, () => (darkQuery.matches ? 'dark' : 'light'));
  const [chosen, setChosen] = useState<Theme | null>(() => {
    const stored = window.localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  });
  const theme = chosen ?? system;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggle = () => {
    const next: Theme = theme === 'dark' ? 'light' : 'dark';
    window.localStorage.setItem(KEY, next);
    setChosen(next);
  };
  return [theme, toggle];
}
