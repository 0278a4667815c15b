import { ControlRefusal } from '../errors';
import type { CallEffect, DeliveryEffect, DeliveryFault, Fault } from '../protocol';

/** Effects with the argument that each requires. */
const CALL_EFFECTS: Readonly<Record<CallEffect['do'], string | null>> = {
  error: 'error',
  rate_limit: 'retryAfter',
  http_500: null,
  drop_reply: null,
  hang: 'ms',
  slow: 'ms',
  twice: null,
};
const DELIVERY_EFFECTS: Readonly<Record<DeliveryEffect['do'], string | null>> = {
  lose: null,
  lose_ack: null,
  twice: null,
  delay: 'ms',
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

  /** @throws ControlRefusal invalid_fault. A fault that can never occur would make a test prove nothing. */
  replace(faults: readonly (Fault | DeliveryFault)[]): void {
    for (const fault of faults) check(fault);
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

function check(fault: Fault | DeliveryFault): void {
  const effects: Readonly<Record<string, string | null>> =
    'method' in fault ? CALL_EFFECTS : 'delivery' in fault ? DELIVERY_EFFECTS : {};
  const needed = effects[fault.effect?.do];
  const fine =
    needed !== undefined &&
    Number.isInteger(fault.times) &&
    fault.times > 0 &&
    (needed === null || needed in fault.effect);
  if (!fine) throw new ControlRefusal('invalid_fault', `${JSON.stringify(fault)} is no fault that can occur`);
}
