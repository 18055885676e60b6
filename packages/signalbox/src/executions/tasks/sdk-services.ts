/** A service that Step Functions calls by its SDK. */
export interface SdkService {
  /** As in errors and causes: the name of the Java SDK, such as `DynamoDb`. */
  readonly sdkName: string;
  /** The signing name, such as `monitoring`. */
  readonly service: string;
}

/** The names of the Java SDK, each with the signing name where that is not the same in lower case. */
const NAMES = `
AccessAnalyzer/access-analyzer Account Acm AcmPca/acm-pca AiOps Amp/aps Amplify AmplifyBackend
AmplifyUiBuilder ApiGateway ApiGatewayManagementApi/execute-api ApiGatewayV2/apigateway
AppConfig AppConfigData/appconfig AppFabric AppIntegrations/app-integrations AppMesh AppRunner
AppStream AppSync Appflow ApplicationAutoScaling/application-autoscaling
ApplicationCostProfiler/application-cost-profiler ApplicationDiscoveryService/discovery
ApplicationInsights ApplicationSignals/application-signals ArcRegionSwitch/arc-region-switch
ArcZonalShift/arc-zonal-shift Artifact Athena AuditManager AutoScaling
AutoScalingPlans/autoscaling-plans B2Bi Backup BackupGateway/backup-gateway BackupSearch/backup-
search Batch BcmDashboards/bcm-dashboards BcmDataExports/bcm-data-exports
BcmPricingCalculator/bcm-pricing-calculator BcmRecommendedActions/bcm-recommended-actions
Bedrock BedrockAgent/bedrock BedrockAgentCore/bedrock-agentcore BedrockAgentCoreControl/bedrock-
agentcore BedrockAgentRuntime/bedrock BedrockDataAutomation/bedrock
BedrockDataAutomationRuntime/bedrock BedrockRuntime/bedrock Billing Billingconductor Braket
Budgets Chatbot Chime ChimeSdkIdentity/chime ChimeSdkMediaPipelines/chime ChimeSdkMeetings/chime
ChimeSdkMessaging/chime ChimeSdkVoice/chime CleanRooms CleanRoomsMl/cleanrooms-ml Cloud9
CloudControl/cloudcontrolapi CloudDirectory CloudFormation CloudFront
CloudFrontKeyValueStore/cloudfront-keyvaluestore CloudHsm CloudHsmV2/cloudhsm CloudSearch
CloudSearchDomain/cloudsearch CloudTrail CloudTrailData/cloudtrail-data CloudWatch/monitoring
CloudWatchLogs/logs CodeBuild CodeCatalyst CodeCommit CodeConnections CodeDeploy
CodeGuruProfiler/codeguru-profiler CodeGuruReviewer/codeguru-reviewer CodeGuruSecurity/codeguru-
security CodePipeline CodeStarConnections/codestar-connections Codeartifact
CodestarNotifications/codestar-notifications CognitoIdentity/cognito-identity
CognitoIdentityProvider/cognito-idp CognitoSync/cognito-sync Comprehend ComprehendMedical
ComputeOptimizer/compute-optimizer ComputeOptimizerAutomation/aco-automation
Config ConfigService/config Connect ConnectCampaigns/connect-campaigns ConnectCampaignsV2/connect-
campaigns ConnectCases/cases ConnectContactLens/connect ConnectHealth/health-agent
ConnectParticipant/execute-api ControlCatalog ControlTower CostAndUsageReportService/cur
CostExplorer/ce CostOptimizationHub/cost-optimization-hub CustomerProfiles/profile DataBrew
DataExchange DataPipeline DataSync DataZone DatabaseMigrationService/dms Dax Deadline Detective
DevOpsAgent/aidevops DevOpsGuru/devops-guru DeviceFarm DirectConnect DirectoryService/ds
DirectoryServiceData/ds-data Dlm DocDb/rds DocDbElastic/docdb-elastic Drs Dsql DynamoDb
DynamoDbStreams Ebs Ec2 Ec2InstanceConnect/ec2-instance-connect Ecr EcrPublic/ecr-
public Ecs Efs/elasticfilesystem Eks EksAuth/eks-auth ElastiCache ElasticBeanstalk
ElasticLoadBalancing ElasticLoadBalancingV2/elasticloadbalancing ElasticsearchService/es
ElementalInference/elemental-inference Emr/elasticmapreduce EmrContainers/emr-containers
EmrServerless/emr-serverless EntityResolution EventBridge/events Evs FSx Finspace
FinspaceData/finspace-api Firehose Fis Fms Forecast Forecastquery/forecast FraudDetector
FreeTier GameLift GameLiftStreams GeoMaps/geo-maps GeoPlaces/geo-places GeoRoutes/geo-routes
Glacier GlobalAccelerator Glue Grafana Greengrass GreengrassV2/greengrass GroundStation
GuardDuty Health HealthLake Iam Identitystore Imagebuilder ImportExport Inspector Inspector2
InspectorScan/inspector-scan Interconnect InternetMonitor Invoicing IoTFleetWise
IoTSecureTunneling/IoTSecuredTunneling IoTSiteWise IoTThingsGraph IoTTwinMaker Iot
IotDataPlane/iotdata IotDeviceAdvisor IotEvents IotEventsData IotJobsDataPlane/iot-jobs-data
IotManagedIntegrations IotWireless Ivs IvsRealTime/ivs Ivschat Kafka KafkaConnect Kendra
KendraRanking/kendra-ranking Keyspaces/cassandra KeyspacesStreams/cassandra Kinesis
KinesisAnalytics KinesisAnalyticsV2/kinesisanalytics KinesisVideo
KinesisVideoArchivedMedia/kinesisvideo KinesisVideoMedia/kinesisvideo
KinesisVideoSignaling/kinesisvideo KinesisVideoWebRtcStorage/kinesisvideo Kms LakeFormation
Lambda LaunchWizard LexModelBuildingService/lex LexModelsV2/lex LexRuntimeService/lex
LexRuntimeV2/lex LicenseManager/license-manager LicenseManagerLinuxSubscriptions/license-
manager-linux-subscriptions LicenseManagerUserSubscriptions/license-manager-user-subscriptions
Lightsail Location/geo LookoutEquipment LookoutVision M2 MTurk/mturk-requester MachineLearning Macie2
MailManager/ses ManagedBlockchain ManagedBlockchainQuery/managedblockchain-query
MarketplaceAgreement/aws-marketplace MarketplaceCatalog/aws-marketplace
MarketplaceCommerceAnalytics MarketplaceDeployment/aws-marketplace MarketplaceDiscovery/aws-
marketplace MarketplaceEntitlementService/aws-marketplace MarketplaceMetering/aws-marketplace
MarketplaceReporting/aws-marketplace MediaConnect MediaConvert MediaLive MediaPackage
MediaPackageV2 MediaPackageVod/mediapackage-vod MediaStore MediaStoreData/mediastore MediaTailor
MedicalImaging/medical-imaging MemoryDb Mgn MigrationHub/mgh MigrationHubConfig/mgh
MigrationHubOrchestrator/migrationhub-orchestrator MigrationHubRefactorSpaces/refactor-spaces
MigrationHubStrategy/migrationhub-strategy Mpa Mq Mwaa/airflow MwaaServerless/airflow-serverless
Neptune/rds NeptuneGraph/neptune-graph Neptunedata/neptune-db NetworkFirewall/network-firewall
NetworkFlowMonitor NetworkManager NetworkMonitor Notifications
NotificationsContacts/notifications-contacts NovaAct/nova-act Oam ObservabilityAdmin Odb Omics
OpenSearch/es OpenSearchServerless/aoss Organizations Osis Outposts Panorama
PartnerCentralAccount/partnercentral-account PartnerCentralBenefits/partnercentral-benefits
PartnerCentralChannel/partnercentral-channel PartnerCentralSelling/partnercentral-selling
PaymentCryptography/payment-cryptography PaymentCryptographyData/payment-cryptography
PcaConnectorAd/pca-connector-ad PcaConnectorScep/pca-connector-scep Pcs Personalize
PersonalizeEvents/personalize PersonalizeRuntime/personalize Pi Pinpoint/mobiletargeting
PinpointEmail/ses PinpointSmsVoice/sms-voice PinpointSmsVoiceV2/sms-voice Pipes Polly Pricing
Proton QApps QBusiness QConnect/wisdom QuickSight Ram Rbin Rds RdsData/rds-data Redshift
RedshiftData/redshift-data RedshiftServerless/redshift-serverless Rekognition Repostspace
Resiliencehub ResourceExplorer2/resource-explorer-2 ResourceGroups/resource-groups
ResourceGroupsTaggingApi/tagging RolesAnywhere Route53 Route53Domains Route53GlobalResolver
Route53Profiles Route53RecoveryCluster/route53-recovery-cluster
Route53RecoveryControlConfig/route53-recovery-control-config
Route53RecoveryReadiness/route53-recovery-readiness Route53Resolver RtbFabric Rum S3
S3Control/s3 S3Files S3Outposts/s3-outposts S3Tables S3Vectors SageMaker
SageMakerA2IRuntime/sagemaker SageMakerFeatureStoreRuntime/sagemaker
SageMakerGeospatial/sagemaker-geospatial SageMakerMetrics/sagemaker SageMakerRuntime/sagemaker
SagemakerEdge/sagemaker Savingsplans Scheduler Schemas SecretsManager SecurityAgent SecurityHub
SecurityIr/security-ir SecurityLake ServerlessApplicationRepository/serverlessrepo
ServiceCatalog ServiceCatalogAppRegistry/servicecatalog ServiceDiscovery ServiceQuotas Ses
SesV2/ses Sfn/states Shield Signer SignerData/signer Signin SimSpaceWeaver SimpleDb/sdb
SimpleDbV2/sdb SnowDeviceManagement/snow-device-management Snowball Sns SocialMessaging/social-
messaging Sqs Ssm SsmContacts/ssm-contacts SsmGuiConnect/ssm-guiconnect SsmIncidents/ssm-
incidents SsmQuickSetup/ssm-quicksetup SsmSap/ssm-sap Sso/awsssoportal SsoAdmin/sso SsoOidc/sso-
oauth StorageGateway Sts SupplyChain/scn Support SupportApp Sustainability Swf Synthetics
TaxSettings/tax Textract TimestreamInfluxDb/timestream-influxdb TimestreamQuery/timestream
TimestreamWrite/timestream Tnb Transcribe Transfer Translate TrustedAdvisor Uxc
VerifiedPermissions VoiceId VpcLattice/vpc-lattice Waf WafRegional/waf-regional Wafv2
WellArchitected Wickr Wisdom WorkDocs WorkMail WorkMailMessageFlow WorkSpaces
WorkSpacesThinClient/thinclient WorkSpacesWeb/workspaces-web WorkspacesInstances/workspaces-
instances XRay
`;

/** The services by their names in a resource, `aws-sdk:<name>:<action>`: the SDK's in lower case. */
export const SDK_SERVICES: ReadonlyMap<string, SdkService> = new Map(
  NAMES.trim()
    .split(/\s+/)
    .map((entry) => {
      const [sdkName = '', service = sdkName.toLowerCase()] = entry.split('/');
      return [sdkName.toLowerCase(), { sdkName, service }];
    }),
);
