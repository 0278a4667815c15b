/** Waits for something, but not longer than this, ms. @returns whether it came to pass */
export async function withTimeout(ms: number, something: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([something.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
}
