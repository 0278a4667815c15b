import type { FunctionParameter } from '../config/functions';
import type { Core } from '../core';
import { sendEvent } from '../delivery/events';
import { ControlRefusal, SlackError } from '../errors';
import { isObject, type JsonObject } from '../json';
import type { FunctionExecution } from '../workspace/functionExecutions';
import type { DeliveryOutcome } from '../workspace/workspace';
import { type Call, type Handler, invalid } from './call';

/** The token of an execution expires about 15 minutes after its issue, as reported in bolt-python#1075. */
const TOKEN_LIFE_MS = 15 * 60_000;

/**
 * Finds the execution that the app reports on.
 * @throws SlackError function_execution_not_found, execution_not_in_running_state
 * @see https://docs.slack.dev/reference/methods/functions.completeSuccess
 */
function runningExecution({ core, args }: Call): FunctionExecution {
  const execution = core.functions.find(args.required('function_execution_id'));
  if (execution === undefined) throw new SlackError('function_execution_not_found');
  if (execution.status !== 'running') throw new SlackError('execution_not_in_running_state');
  return execution;
}

export const completeSuccess: Handler = (call) => {
  const outputs = call.args.json('outputs');
  if (!isObject(outputs)) throw invalid('must provide an object [json-pointer:/outputs]');
  const execution = runningExecution(call);
  const faults = findFaults(execution.info.outputs, outputs);
  if (faults.length > 0) {
    throw new SlackError('parameter_validation_failed', { response_metadata: { messages: faults } });
  }
  execution.status = 'completed';
  execution.outputs = outputs;
  call.core.workspace.changes.bump();
  return {};
};

export const completeError: Handler = (call) => {
  const error = call.args.required('error');
  const execution = runningExecution(call);
  execution.status = 'failed';
  execution.error = error;
  call.core.workspace.changes.bump();
  return {};
};

function findFaults(parameters: readonly FunctionParameter[], values: JsonObject): readonly string[] {
  const faults: string[] = [];
  for (const { name, type, isRequired } of parameters) {
    const value = values[name];
    if (value === undefined || value === null) {
      if (isRequired) faults.push(`[ERROR] missing required field: ${name} [json-pointer:/outputs]`);
    } else if (!isOfType(type, value)) {
      faults.push(`[ERROR] must provide a ${type} [json-pointer:/outputs/${name}]`);
    }
  }
  for (const name of Object.keys(values)) {
    if (!parameters.some((parameter) => parameter.name === name))
      faults.push(`[ERROR] invalid additional property: ${name} [json-pointer:/outputs]`);
  }
  return faults;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'string':
    case 'slack#/types/user_id':
    case 'slack#/types/channel_id':
      return typeof value === 'string';
    default:
      return true;
  }
}

/**
 * Starts a custom step: sends the app its event, with a token for this execution.
 * @throws ControlRefusal unknown_function, not_subscribed
 */
export function runStep(
  core: Core,
  callbackId: string,
  inputs: JsonObject,
): { readonly executionId: string; readonly delivered: Promise<DeliveryOutcome> } {
  const info = core.manifest.functions.find((candidate) => candidate.callbackId === callbackId);
  if (info === undefined) throw new ControlRefusal('unknown_function', `the manifest has no ${callbackId}`);
  if (!core.manifest.botEvents.has('function_executed'))
    throw new ControlRefusal('not_subscribed', 'the manifest does not subscribe to function_executed');
  const execution = core.functions.start(info, inputs, core.workspace.seconds());
  const parameters = (list: readonly FunctionParameter[]) =>
    list.map(({ name, type, title, description, isRequired }) => ({
      type,
      name,
      title,
      description,
      is_required: isRequired,
    }));
  const delivered = sendEvent(core, {
    type: 'function_executed',
    function: {
      id: `Fn${callbackId.toUpperCase().replace(/[^A-Z0-9]/g, '')}`,
      callback_id: callbackId,
      title: info.title,
      description: info.description,
      type: 'app',
      input_parameters: parameters(info.inputs),
      output_parameters: parameters(info.outputs),
      app_id: core.workspace.app.appId,
      date_created: 0,
      date_released: 0,
      date_updated: 0,
      date_deleted: 0,
      form_enabled: false,
    },
    inputs,
    function_execution_id: execution.id,
    workflow_execution_id: execution.workflowId,
    event_ts: core.workspace.nextTs(),
    bot_access_token: core.grants.addForFunction(execution.id, TOKEN_LIFE_MS).token,
  });
  return { executionId: execution.id, delivered };
}
