/**
 * The web server on `ADMIN_HOST`:`ADMIN_PORT`, for operators alone: `/readyz` says in words which part is not ready,
 * `/metrics` is for Prometheus.
 */
import { type Address, answerJson, type Listening, listen } from './listen';

export interface Readiness {
  readonly ready: boolean;
  /** In words for each part, safe to show: `ok`, or what is wrong. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Options {
  readonly host: string;
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** @throws PortTakenError */
export function startAdminServer({ host, port, readiness, metrics }: Options): Promise<Listening> {
  const address: Address = { host, port, settings: { host: 'ADMIN_HOST', port: 'ADMIN_PORT' } };
  return listen(address, (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    if (path === '/healthz') answerJson(response, 200, { alive: true });
    else if (path === '/readyz') {
      readiness().then(
        (state) => answerJson(response, state.ready ? 200 : 503, state),
        () => answerJson(response, 503, { ready: false, parts: { readiness: 'failed' } }),
      );
    } else if (path === '/metrics') {
      metrics().then(
        ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
        () => answerJson(response, 500, { error: 'metrics_failed' }),
      );
    } else answerJson(response, 404, { error: 'not_found', paths: ['/healthz', '/readyz', '/metrics'] });
  });
}
