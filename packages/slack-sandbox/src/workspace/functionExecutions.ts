import type { FunctionInfo } from '../config/functions';
import { forgetOldest, type Ids } from '../ids';
import type { JsonObject } from '../json';

/** Neither the app nor a test can query older ones. */
const MAX_EXECUTIONS = 1000;

/** One run of a custom step, from its event until the app reports its result. */
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

  /** @param startedAt epoch seconds */
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
    forgetOldest(this.all, MAX_EXECUTIONS);
    return execution;
  }

  find(id: string): FunctionExecution | undefined {
    return this.all.get(id);
  }

  clear(): void {
    this.all.clear();
  }
}
