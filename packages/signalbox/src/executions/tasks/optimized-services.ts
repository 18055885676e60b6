import type { IntegrationPattern } from '../../states-language/task/resource.ts';

/** A service that Step Functions integrates in a way of its own. */
export interface OptimizedService {
  /** Signing name, such as `states`, `events`, `elasticmapreduce`. */
  readonly service: string;
  /** The beginning of error names, such as `DynamoDB`. */
  readonly errorPrefix: string;
  /** The name of every error that the service's model does not have, without the prefix. */
  readonly unmodelledError: string;
  /** The service's name in causes, such as `AmazonDynamoDBv2`. */
  readonly serviceName: string;
  /** The patterns of each action. */
  readonly actions: Readonly<Record<string, readonly IntegrationPattern[]>>;
}

const CALL = ['requestResponse'] as const;
const JOB = ['requestResponse', 'sync'] as const;
const TOKEN = ['requestResponse', 'waitForTaskToken'] as const;
const ALL = ['requestResponse', 'sync', 'waitForTaskToken'] as const;

function actions(
  patterns: readonly IntegrationPattern[],
  names: string,
): Readonly<Record<string, readonly IntegrationPattern[]>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, patterns]));
}

function optimized(
  service: string,
  errorPrefix: string,
  serviceName: string,
  served: OptimizedService['actions'],
  unmodelledError = `Amazon${errorPrefix}Exception`,
): OptimizedService {
  return { service, errorPrefix, unmodelledError, serviceName, actions: served };
}

/** The optimized integrations by their names in a resource. AWS: Integrating optimized services. */
export const OPTIMIZED: ReadonlyMap<string, OptimizedService> = new Map([
  [
    'lambda',
    optimized('lambda', 'Lambda', 'AWSLambda', actions(TOKEN, 'invoke'), 'AWSLambdaException'),
  ],
  ['sqs', optimized('sqs', 'SQS', 'AmazonSQS', actions(TOKEN, 'sendMessage'))],
  ['sns', optimized('sns', 'SNS', 'AmazonSNS', actions(TOKEN, 'publish'))],
  ['events', optimized('events', 'EventBridge', 'AmazonEventBridge', actions(TOKEN, 'putEvents'))],
  [
    'dynamodb',
    optimized(
      'dynamodb',
      'DynamoDB',
      'AmazonDynamoDBv2',
      actions(CALL, 'getItem putItem updateItem deleteItem'),
    ),
  ],
  // Only item readers and result writers of Maps name it.
  ['s3', optimized('s3', 'S3', 'AmazonS3', actions(CALL, 'getObject listObjectsV2 putObject'))],
  [
    'states',
    optimized(
      'states',
      'StepFunctions',
      'AWSStepFunctions',
      actions(ALL, 'startExecution'),
      'AWSStepFunctionsException',
    ),
  ],
  ['apigateway', optimized('execute-api', 'ApiGateway', 'ApiGateway', actions(TOKEN, 'invoke'))],
  [
    'athena',
    optimized('athena', 'Athena', 'AmazonAthena', {
      ...actions(JOB, 'startQueryExecution'),
      ...actions(CALL, 'stopQueryExecution getQueryExecution getQueryResults'),
    }),
  ],
  ['batch', optimized('batch', 'Batch', 'AWSBatch', actions(ALL, 'submitJob'))],
  [
    'bedrock',
    optimized('bedrock', 'Bedrock', 'Bedrock', {
      ...actions(TOKEN, 'invokeModel'),
      ...actions(JOB, 'createModelCustomizationJob'),
    }),
  ],
  [
    'codebuild',
    optimized('codebuild', 'CodeBuild', 'AWSCodeBuild', {
      ...actions(JOB, 'startBuild startBuildBatch'),
      ...actions(
        CALL,
        'stopBuild batchDeleteBuilds batchGetReports stopBuildBatch retryBuildBatch deleteBuildBatch',
      ),
    }),
  ],
  ['databrew', optimized('databrew', 'DataBrew', 'AWSGlueDataBrew', actions(JOB, 'startJobRun'))],
  ['ecs', optimized('ecs', 'ECS', 'AmazonECS', actions(ALL, 'runTask'))],
  [
    'eks',
    optimized('eks', 'EKS', 'AmazonEKS', {
      ...actions(
        JOB,
        'createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup runJob',
      ),
      ...actions(CALL, 'call'),
    }),
  ],
  [
    'elasticmapreduce',
    optimized('elasticmapreduce', 'EMR', 'AmazonElasticMapReduce', {
      ...actions(JOB, 'createCluster terminateCluster addStep'),
      ...actions(
        CALL,
        'setClusterTerminationProtection cancelStep modifyInstanceFleetByName modifyInstanceGroupByName',
      ),
    }),
  ],
  [
    'emr-containers',
    optimized('emr-containers', 'EMRContainers', 'AmazonEMRContainers', {
      ...actions(JOB, 'deleteVirtualCluster startJobRun'),
      ...actions(CALL, 'createVirtualCluster'),
    }),
  ],
  [
    'emr-serverless',
    optimized('emr-serverless', 'EMRServerless', 'AmazonEMRServerless', {
      ...actions(JOB, 'startApplication stopApplication startJobRun'),
      ...actions(CALL, 'createApplication deleteApplication cancelJobRun'),
    }),
  ],
  ['glue', optimized('glue', 'Glue', 'AWSGlue', actions(JOB, 'startJobRun'))],
  [
    'mediaconvert',
    optimized(
      'mediaconvert',
      'MediaConvert',
      'AWSElementalMediaConvert',
      actions(JOB, 'createJob'),
    ),
  ],
  [
    'sagemaker',
    optimized('sagemaker', 'SageMaker', 'AmazonSageMaker', {
      ...actions(
        JOB,
        'createTrainingJob createTransformJob createHyperParameterTuningJob createLabelingJob createProcessingJob',
      ),
      ...actions(CALL, 'createModel createEndpoint createEndpointConfig updateEndpoint'),
    }),
  ],
]);
