import { ControlRefusal } from '../errors';
import { isObject } from '../json';
import type { CallEffect, DeliveryEffect, DeliveryFault, Fault } from '../protocol';

/** The argument that an effect requires, with its type. */
type Needed = { readonly key: string; readonly type: 'string' | 'number' } | null;
const MS: Needed = { key: 'ms', type: 'number' };

const CALL_EFFECTS: Readonly<Record<CallEffect['do'], Needed>> = {
  error: { key: 'error', type: 'string' },
  rate_limit: { key: 'retryAfter', type: 'number' },
  http_500: null,
  drop_reply: null,
  hang: MS,
  slow: MS,
  twice: null,
};
const DELIVERY_EFFECTS: Readonly<Record<DeliveryEffect['do'], Needed>> = {
  lose: null,
  lose_ack: null,
  twice: null,
  delay: MS,
  swap: null,
};

interface Pending<F> {
  readonly fault: F;
  left: number;
}

/** Pending faults of Web API calls and of deliveries to the app. */
export class Faults {
  private calls: Pending<Fault>[] = [];
  private deliveries: Pending<DeliveryFault>[] = [];

  /**
   * @param faults as somebody sent them
   * @throws ControlRefusal invalid_fault, and all earlier faults stay. A fault that can never occur would make a test
   * prove nothing.
   */
  replace(faults: unknown): void {
    if (!Array.isArray(faults)) throw new ControlRefusal('invalid_fault', 'faults are a list');
    if (!faults.every(canOccur)) {
      const odd: unknown = faults.find((fault) => !canOccur(fault));
      throw new ControlRefusal('invalid_fault', `${JSON.stringify(odd)} is no fault that can occur`);
    }
    const pending = <F extends Fault | DeliveryFault>(fault: F) => ({ fault, left: fault.times });
    this.calls = faults.filter((fault) => 'method' in fault).map(pending);
    this.deliveries = faults.filter((fault) => 'delivery' in fault).map(pending);
  }

  /** Uses up one fault for a call of this method. Undefined if none is pending. */
  take(method: string): CallEffect | undefined {
    return use(this.calls, ({ method: wanted }) => wanted === '*' || wanted === method)?.effect;
  }

  /** Uses up one fault for a delivery of this type or name, among these effects only. Undefined if none is pending. */
  takeForDelivery(
    delivery: { readonly type: string; readonly name: string },
    among: readonly DeliveryEffect['do'][],
  ): DeliveryEffect | undefined {
    return use(
      this.deliveries,
      ({ delivery: wanted, effect }) =>
        among.includes(effect.do) && ['*', delivery.type, delivery.name].includes(wanted),
    )?.effect;
  }
}

function use<F>(pending: readonly Pending<F>[], matches: (fault: F) => boolean): F | undefined {
  const entry = pending.find(({ fault, left }) => left > 0 && matches(fault));
  if (entry === undefined) return undefined;
  entry.left -= 1;
  return entry.fault;
}

function canOccur(fault: unknown): fault is Fault | DeliveryFault {
  if (!isObject(fault) || !isObject(fault.effect)) return false;
  const { method, delivery, times, effect } = fault;
  const effects: Readonly<Record<string, Needed>> =
    typeof method === 'string' ? CALL_EFFECTS : typeof delivery === 'string' ? DELIVERY_EFFECTS : {};
  const name = String(effect.do);
  if (!Object.hasOwn(effects, name) || !Number.isInteger(times) || Number(times) <= 0) return false;
  const needed = effects[name];
  return needed === null || needed === undefined || typeof effect[needed.key] === needed.type;
}
