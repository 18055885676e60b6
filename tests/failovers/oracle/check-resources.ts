import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../packages/signalbox/src/core/json.ts';
import { checkGroups } from './check-groups.ts';
import { readFailovers } from './folds.ts';
import type { Observation } from './observation.ts';

/** Says what no run may make of the simulated resources, and what a run that ended well must have made of it. */
export function checkResources(observation: Observation): readonly string[] {
  const { after } = observation;
  const databases = objectAt(after, 'rds');
  return [
    ...clusterWrongs(databases),
    ...globalWrongs(databases),
    ...controlWrongs(objectAt(after, 'routing-control')),
    ...checkGroups(observation),
    ...undoneWrongs(observation),
    ...observation.remarks
      .filter((line) => /bug of the rehearsal|is lost for/.test(line))
      .map((line) => line.slice(0, 600)),
  ];
}

/** One writer, or a failover under way; none in a cluster that follows another Region's. */
function clusterWrongs(databases: JsonObject): readonly string[] {
  const followers = membersOf(databases).filter(({ role }) => role === 'secondary');
  return Object.entries(objectAt(databases, 'regions')).flatMap(([region, shown]) =>
    Object.entries(objectAt(shown, 'clusters')).flatMap(([name, cluster]) => {
      const isFollower = followers.some(({ cluster: arn }) =>
        String(arn).endsWith(`:${region}:123456789012:cluster:${name}`),
      );
      const writer = fieldOf(cluster, 'writer');
      const status = String(fieldOf(cluster, 'status'));
      const isChanging = /^(failing|switching)-over$|^promoting$/.test(status);
      if (isChanging || (writer !== null) !== isFollower) return [];
      return [`${name} in ${region} is ${status} with ${writer === null ? 'no' : 'a'} writer`];
    }),
  );
}

function globalWrongs(databases: JsonObject): readonly string[] {
  return Object.entries(objectAt(databases, 'globalClusters')).flatMap(([name, global]) => {
    const members = arrayAt(global, 'members').filter(isJsonObject);
    const primaries = members.filter(({ role }) => role === 'primary');
    const isChanging = isJsonObject(global) && 'underWay' in global;
    return primaries.length === 1 || isChanging
      ? []
      : [`${name} has ${primaries.length} primary clusters`];
  });
}

function membersOf(databases: JsonObject): readonly JsonObject[] {
  return Object.values(objectAt(databases, 'globalClusters')).flatMap((global) =>
    arrayAt(global, 'members').filter(isJsonObject),
  );
}

function controlWrongs(controls: JsonObject): readonly string[] {
  return arrayAt(controls, 'controlPanels').flatMap((panel) => {
    const states = Object.values(objectAt(panel, 'routingControls'));
    return states.includes('On') ? [] : ['No routing control is On'];
  });
}

/** A run that says it is rolled back has nothing of its own left. */
function undoneWrongs(observation: Observation): readonly string[] {
  return readFailovers(observation).flatMap(({ failoverId, record }) => {
    if (record?.outcome !== 'rolled-back') return [];
    return record.steps.flatMap(({ stepId, undo }) => {
      const status = isJsonObject(asJson(undo)) ? objectAt({ undo: asJson(undo) }, 'undo') : {};
      const word = String(status['status']);
      return ['undone', 'nothing'].includes(word)
        ? []
        : [`${failoverId} is rolled back, and its step ${stepId} is ${word}`];
    });
  });
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}

function fieldOf(value: Json | undefined, key: string): Json {
  return isJsonObject(value) ? (value[key] ?? null) : null;
}

function objectAt(value: Json | undefined, key: string): JsonObject {
  const inside = fieldOf(value, key);
  return isJsonObject(inside) ? inside : {};
}

function arrayAt(value: Json | undefined, key: string): readonly Json[] {
  const inside = fieldOf(value, key);
  return Array.isArray(inside) ? inside : [];
}
