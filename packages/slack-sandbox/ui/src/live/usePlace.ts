import { useCallback, useSyncExternalStore } from 'react';

/** A place of the page: a conversation and perhaps a thread, or a tab of the app. */
export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'conversation'; readonly channel: string; readonly thread?: string }
  | { readonly at: 'home' }
  | { readonly at: 'messages'; readonly thread?: string };

const CHANGED = 'sandbox:place';

function subscribe(listener: () => void): () => void {
  for (const name of ['popstate', 'hashchange', CHANGED]) window.addEventListener(name, listener);
  return () => {
    for (const name of ['popstate', 'hashchange', CHANGED]) window.removeEventListener(name, listener);
  };
}

function goTo(url: URL): void {
  window.history.pushState(null, '', url);
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * The acting person's handle, from `?as=`, so that two windows can be two people. Another person begins at the same
 * place.
 */
export function useActingAs(): readonly [string | null, (name: string) => void] {
  const as = useSyncExternalStore(subscribe, () => new URLSearchParams(window.location.search).get('as'));
  const change = useCallback((name: string) => {
    const url = new URL(window.location.href);
    url.searchParams.set('as', name);
    const place = placeOf(url.hash);
    // Everybody has their own messages with the app.
    if (place.at === 'messages') url.hash = hashOf({ at: 'messages' });
    goTo(url);
  }, []);
  return [as, change];
}

/** The place, from the URL's hash, so that a reload and the back button work. */
export function usePlace(): readonly [Place, (place: Place) => void] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const change = useCallback((place: Place) => {
    const url = new URL(window.location.href);
    url.hash = hashOf(place);
    if (url.href !== window.location.href) goTo(url);
  }, []);
  return [placeOf(hash), change];
}

function placeOf(hash: string): Place {
  const [kind, first, second] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  if (kind === 'home') return { at: 'home' };
  if (kind === 'messages') return first ? { at: 'messages', thread: first } : { at: 'messages' };
  if (kind === 'in' && first)
    return second
      ? { at: 'conversation', channel: first, thread: second }
      : { at: 'conversation', channel: first };
  return { at: 'start' };
}

function hashOf(place: Place): string {
  switch (place.at) {
    case 'start':
      return '';
    case 'home':
      return '/home';
    case 'messages':
      return place.thread ? `/messages/${place.thread}` : '/messages';
    case 'conversation':
      return place.thread ? `/in/${place.channel}/${place.thread}` : `/in/${place.channel}`;
  }
}
