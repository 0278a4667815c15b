import { useState } from 'react';

interface Window<T> {
  /** The newest ones. */
  readonly shown: readonly T[];
  readonly hidden: number;
  readonly showMore: () => void;
}

/**
 * About the last `size` of a list, and as many more each time somebody asks: drawing thousands of lines takes seconds.
 * The beginning moves in steps, so that what somebody reads does not move with each line that comes.
 */
export function useWindow<T>(all: readonly T[], size: number): Window<T> {
  const [looks, setLooks] = useState(1);
  const step = Math.ceil(size / 2);
  const hidden = Math.max(0, Math.floor((all.length - size * looks) / step) * step);
  return { shown: all.slice(hidden), hidden, showMore: () => setLooks((before) => before + 1) };
}
