/**
 * Says something to one person only, without a token: a `response_url` works for 30 minutes
 * (https://docs.slack.dev/interactivity/handling-user-interaction).
 */
export async function sayPrivately(responseUrl: string, text: string): Promise<{ readonly status: number }> {
  const { status } = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    signal: AbortSignal.timeout(5_000),
  });
  return { status };
}
