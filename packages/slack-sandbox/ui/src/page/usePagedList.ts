import { useState } from 'react';

interface PagedList<T> {
  /** The newest items. */
  readonly shown: readonly T[];
  readonly hidden: number;
  readonly showMore: () => void;
}

/**
 * The last `size` items of a list, and as many more on request, because drawing thousands takes seconds. The first shown
 * item changes only once in half a page, so that new items do not move what the person reads.
 */
export function usePagedList<T>(all: readonly T[], size: number): PagedList<T> {
  const [pages, setPages] = useState(1);
  const step = Math.ceil(size / 2);
  const hidden = Math.max(0, Math.floor((all.length - size * pages) / step) * step);
  return { shown: all.slice(hidden), hidden, showMore: () => setPages((before) => before + 1) };
}
