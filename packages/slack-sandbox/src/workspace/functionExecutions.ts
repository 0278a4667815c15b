import type { FunctionInfo } from '../config/functions';
import { forgetOldest, type Ids } from '../ids';
import type { JsonObject } from '../json';

/** Of older ones neither the app nor a test can ask any more. */
const REMEMBERED = 1000;

/** One run of a custom step, from its event until the app says how it went. */
export interface FunctionExecution {
  readonly id: string;
  readonly workflowId: string;
  readonly info: FunctionInfo;
  readonly inputs: JsonObject;
  readonly startedAt: number;
  status: 'running' | 'completed' | 'failed';
  outputs: JsonObject;
  error: string | undefined;
}

export class FunctionExecutions {
  private readonly all = new Map<string, FunctionExecution>();

  constructor(private readonly ids: Ids) {}

  /** @param startedAt seconds */
  start(info: FunctionInfo, inputs: JsonObject, startedAt: number): FunctionExecution {
    const execution: FunctionExecution = {
      id: this.ids.next('Fx'),
      workflowId: this.ids.next('Wx'),
      info,
      inputs,
      startedAt,
      status: 'running',
      outputs: {},
      error: undefined,
    };
    this.all.set(execution.id, execution);
    forgetOldest(this.all, REMEMBERED);
    return execution;
  }

  find(id: string): FunctionExecution | undefined {
    return this.all.get(id);
  }

  clear(): void {
    this.all.clear();
  }
}
