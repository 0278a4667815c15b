import { type FormEvent, useState } from 'react';
import { usePending } from '../elements/usePending';
import { control, messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { dayAndTime, fromLocalInput, toLocalInput, tomorrowMorning } from '../text/dates';
import { Icon } from './Icon';

const HOUR_MS = 3_600_000;

/** Moves the clock of the sandbox and of the app that follows it. Times are those of the acting person's zone. */
export function TimeMachine() {
  const { view, now } = useSandbox();
  const { tz } = view.me;
  const [typed, setTyped] = useState('');
  const [pending, run] = usePending();
  const [failure, setFailure] = useState<string | null>(null);
  const [arrived, setArrived] = useState('');

  const move = (to: number) =>
    run(async () => {
      setFailure(null);
      setArrived('');
      try {
        await control.admin({ do: 'move_clock', to });
        setArrived(`It's ${dayAndTime(to, tz)}`);
      } catch (error) {
        setFailure(messageOf(error));
      }
    });
  const moveToTyped = (event: FormEvent) => {
    event.preventDefault();
    const seconds = fromLocalInput(typed, tz);
    if (seconds === null) setFailure('Pick a day and a time first.');
    else if (seconds * 1000 <= now) setFailure(`It's already ${dayAndTime(now, tz)}. Pick a later time.`);
    else void move(seconds * 1000);
  };
  const className = pending ? 'button small pending' : 'button small';

  return (
    <section className="time-machine" aria-label="Clock">
      <p className="clock-now">
        <Icon name="clock" />
        <time dateTime={new Date(now).toISOString()} title={tz}>
          {dayAndTime(now, tz)}
        </time>
      </p>
      <button
        type="button"
        className={className}
        aria-busy={pending}
        onClick={() => void move(now + HOUR_MS)}
      >
        <span className="button-label">+1 hour</span>
      </button>
      <button
        type="button"
        className={className}
        aria-busy={pending}
        onClick={() => void move(tomorrowMorning(now, tz))}
      >
        <span className="button-label">To tomorrow morning</span>
      </button>
      <form className="clock-date" noValidate onSubmit={moveToTyped}>
        <input
          type="datetime-local"
          className="field"
          aria-label="Date to move to"
          min={toLocalInput(now / 1000, tz)}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className={className} aria-busy={pending}>
          <span className="button-label">To this date</span>
        </button>
      </form>
      <p className="visually-hidden" role="status">
        {pending ? 'Moving the clock…' : arrived}
      </p>
      {failure !== null && (
        <p className="clock-failure" role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}
