export type { AddCommand } from './cli/add-command.ts';
export { countOption } from './cli/commands/count-option.ts';
export { cut, tableOf } from './cli/print/table.ts';
export type { Session } from './cli/session.ts';
export { physicalId } from './cli/stack.ts';
export type {
  AskedPage,
  ConsolePage,
  PageAction,
  WaitingStep,
} from './console/server/console-page.ts';
export type {
  PageButton,
  PageCell,
  PageContent,
  PageOutcome,
  PageRow,
  PageSection,
  PageText,
} from './console/server/page-content.ts';
export { AwsError } from './core/aws-error.ts';
export type { ClientOptions } from './core/client-options.ts';
export type { Clock } from './core/clock.ts';
export { durationText } from './core/duration-text.ts';
export { isJsonObject, type Json, type JsonObject, parseJson } from './core/json.ts';
export { type KeptForm, type KeptMaps, unkeptMaps } from './core/kept-maps.ts';
export { bad, ok, type Problem, problemText, type Result } from './core/result.ts';
export { readSection } from './core/schema/read-section.ts';
export {
  type FileSchema,
  fields,
  listOf,
  mapOf,
  oneOf,
  Text,
  whole,
} from './core/schema/schema.ts';
export type { Action, Caller, Service, ServiceCall } from './core/service.ts';
export type { Fault, SimulatedService } from './core/simulated-service.ts';
export type { StackPlace } from './core/stack-place.ts';
export { UserError } from './core/user-error.ts';
export { createRehearsal, type Rehearsal, type RehearsalOptions } from './create-rehearsal.ts';
export type { CallRecord } from './endpoint/registry.ts';
export type { Mount } from './endpoint/server.ts';
export type { Plugin } from './plugin.ts';
export { readJsonFile } from './project/read-json-file.ts';
export type {
  OpenedPlugin,
  PluginRehearsal,
  ReadExecutionIds,
  RehearsalPlugin,
} from './rehearsal-plugin.ts';
export { difference, isLike, sortedText } from './scenarios/difference.ts';
export {
  type ExpectationKind,
  expectationKind,
  type Finding,
  type PlayedSteps,
  type ScenarioContext,
  type ScenarioExtension,
  type StepKind,
  stepKind,
} from './scenarios/scenario-extension.ts';
export type { EventResult, ExecutionResult } from './scenarios/scenario-result.ts';
export { signedHeaders } from './scenarios/signed-headers.ts';
export type { Stage } from './scenarios/stage.ts';
export { valueAt } from './scenarios/value-at.ts';
export type { App } from './template/app.ts';
