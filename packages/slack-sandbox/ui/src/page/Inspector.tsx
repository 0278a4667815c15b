import { memo, useEffect, useRef, useState } from 'react';
import type { Traffic } from '../../../src/protocol';
import { control, messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { clock } from '../text/dates';
import { Icon } from './Icon';
import { usePagedList } from './usePagedList';

type Shown = 'all' | 'failed' | Traffic['kind'];

interface InspectorProps {
  /** Grows with each change of the sandbox. */
  readonly changeCount: number;
  readonly onClose: () => void;
}

const POLL_MS = 2000;
const SLOW_MS = 1000;
/** Lines drawn at first, and added by each `Show earlier`. */
const PAGE_SIZE = 100;

/** Every delivery to the app and every call by it, newest first, with durations and bodies. */
export function Inspector({ changeCount, onClose }: InspectorProps) {
  const { view } = useSandbox();
  const [traffic, failure] = useTraffic(changeCount);
  const [shown, setShown] = useState<Shown>('all');
  const [filter, setFilter] = useState('');
  const [clearedAt, setClearedAt] = useState(0);
  const lines = traffic
    .filter((line) => line.seq > clearedAt)
    .filter((line) => shown === 'all' || (shown === 'failed' ? outcomeOf(line).bad : line.kind === shown))
    .filter((line) => titleOfTraffic(line).toLowerCase().includes(filter.toLowerCase()));
  const failures = traffic.filter((line) => line.seq > clearedAt && outcomeOf(line).bad).length;
  const visible = usePagedList(lines, PAGE_SIZE);
  return (
    <aside className="inspector" aria-label="Inspector">
      <header className="pane-head">
        <h2>Inspector</h2>
        <button type="button" className="button small" onClick={() => setClearedAt(traffic.at(-1)?.seq ?? 0)}>
          Clear
        </button>
        <button type="button" className="icon-button" aria-label="Close inspector" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="inspector-filters">
        <select aria-label="Show" value={shown} onChange={(event) => setShown(shownOf(event.target.value))}>
          <option value="all">Everything</option>
          <option value="delivery">Deliveries to the app</option>
          <option value="call">Calls by the app</option>
          <option value="failed">Failed only ({failures})</option>
        </select>
        <input
          type="search"
          className="field"
          aria-label="Filter traffic"
          placeholder="Filter…"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {failure !== null && (
        <p className="surface-failure" role="alert">
          {failure}
        </p>
      )}
      <ol className="traffic" aria-label="Traffic">
        {visible.shown.toReversed().map((line) => (
          <TrafficLine key={line.seq} line={line} tz={view.me.tz} />
        ))}
        {visible.hidden > 0 && (
          <li className="traffic-more">
            <button type="button" className="button small" onClick={visible.showMore}>
              Show earlier ({visible.hidden})
            </button>
          </li>
        )}
        {lines.length === 0 && (
          <li className="empty">
            {traffic.some(({ seq }) => seq > clearedAt) ? 'Nothing matches.' : 'Nothing yet.'}
          </li>
        )}
      </ol>
    </aside>
  );
}

const SHOWN: readonly string[] = ['failed', 'delivery', 'call'] satisfies readonly Shown[];
const isShown = (value: string): value is Shown => SHOWN.includes(value);
const shownOf = (value: string): Shown => (isShown(value) ? value : 'all');

/** All traffic so far. Each request asks only for newer entries. */
function useTraffic(changeCount: number): readonly [readonly Traffic[], string | null] {
  const [traffic, setTraffic] = useState<readonly Traffic[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [tick, setTick] = useState(0);
  const newest = useRef(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  // `changeCount` and `tick` are dependencies because each change of them is a reason to read.
  useEffect(() => {
    control
      .traffic(newest.current)
      .then((lines) => {
        setFailure(null);
        setTraffic((before) => {
          const known = before.at(-1)?.seq ?? 0;
          const fresh = lines.filter((line) => line.seq > known);
          newest.current = fresh.at(-1)?.seq ?? known;
          return fresh.length === 0 ? before : [...before, ...fresh];
        });
      })
      .catch((error: unknown) => setFailure(messageOf(error)));
  }, [changeCount, tick]);
  return [traffic, failure];
}

const titleOfTraffic = (line: Traffic): string =>
  `${line.kind === 'call' ? line.method : `${line.type} ${line.name}`} ${outcomeOf(line).words}`;

function outcomeOf(line: Traffic): { readonly words: string; readonly bad: boolean } {
  if (line.kind === 'delivery') return { words: line.outcome, bad: line.outcome !== 'acked' };
  const error = line.response.error ?? (line.status >= 400 ? `HTTP ${line.status}` : undefined);
  return { words: error ?? 'ok', bad: !line.response.ok };
}

/** One delivery or call. Draws its bodies, which can be long, only when it is open. */
const TrafficLine = memo(function TrafficLine({ line, tz }: { readonly line: Traffic; readonly tz: string }) {
  const { showToast } = useSandbox();
  const [open, setOpen] = useState(false);
  const outcome = outcomeOf(line);
  const isCall = line.kind === 'call';
  const redeliver = () => {
    control.admin({ do: 'redeliver', seq: line.seq }).catch((error: unknown) => showToast(messageOf(error)));
  };
  return (
    <li className={outcome.bad ? 'failed' : undefined}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <time>
            {clock(line.at, tz)}:{String(Math.floor(line.at / 1000) % 60).padStart(2, '0')}
          </time>
          <span className={`direction ${line.kind}`}>{isCall ? 'call' : 'to app'}</span>
          <span className="traffic-name">
            {isCall ? (
              line.method
            ) : (
              <>
                {line.name}
                <small>
                  {line.type}
                  {line.attempt > 1 && `, attempt ${line.attempt}`}
                </small>
              </>
            )}
          </span>
          <span className={outcome.bad ? 'outcome bad' : 'outcome'}>
            {outcome.words}
            {isCall && line.fault !== undefined && ` (fault: ${line.fault.do})`}
          </span>
          <span className={line.ms >= SLOW_MS ? 'ms slow' : 'ms'}>{line.ms} ms</span>
        </summary>
        {open && (
          <>
            <Json title={isCall ? 'Arguments' : 'Payload'} value={isCall ? line.args : line.payload} />
            <Json title="Response" value={line.response} />
            {!isCall && (
              <button type="button" className="button small" onClick={redeliver}>
                Deliver again
              </button>
            )}
          </>
        )}
      </details>
    </li>
  );
});

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre>{JSON.stringify(value, null, 2) ?? 'nothing'}</pre>
    </figure>
  );
}
