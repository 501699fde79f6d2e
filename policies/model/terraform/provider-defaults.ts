/**
 * What the AWS provider plans for attributes that a configuration does not name, where it is neither null, nor no, nor
 * nothing, nor put off until apply: types without `aws_`, and their attributes with what each may be, in blocks too. Asked
 * of the provider 6.34.0 itself on 2026-11-23: its PlanResourceChange for a new resource of each type of which nothing is
 * said, or what its own checks demand at least, without blocks and with one of each; and for 7,800 resources as
 * estates and examples have them, whose plans may have nothing else unasked.
 */
const DEFAULTS = `
accessanalyzer_analyzer: type=ACCOUNT
acm_certificate: certificate_transparency_logging_preference=ENABLED
acmpca_certificate_authority: enabled=true; permanent_deletion_time_in_days=30; type=SUBORDINATE
alb lb: client_keep_alive=3600; desync_mitigation_mode=defensive;
  dns_record_client_routing_policy=any_availability_zone; enable_http2=true; idle_timeout=60;
  load_balancer_type=application; xff_header_processing_mode=append
alb_listener lb_listener: host=#{host}; path=/#{path}; port=#{port}; protocol=#{protocol}; query=#{query}
alb_listener_rule lb_listener_rule: host=#{host}; path=/#{path}; port=#{port}; protocol=#{protocol}; query=#{query};
  weight=1
alb_target_group lb_target_group: cookie_duration=86400; deregistration_delay=300; enabled=true; healthy_threshold=3;
  interval=30; minimum_healthy_targets_count=off|1; minimum_healthy_targets_percentage=off; port=traffic-port;
  protocol=HTTP; unhealthy_threshold=3
ami: architecture=x86_64; delete_on_termination=true; sriov_net_support=simple; virtualization_type=paravirtual;
  volume_type=standard
amplify_app: platform=WEB
amplify_branch: enable_auto_build=true
amplify_domain_association: wait_for_verification=true
api_gateway_api_key: description=Managed by Terraform; enabled=true
api_gateway_authorizer: authorizer_result_ttl_in_seconds=300; identity_source=method.request.header.Authorization;
  type=TOKEN
api_gateway_integration: connection_type=INTERNET; timeout_milliseconds=29000
api_gateway_method_settings: throttling_burst_limit=-1; throttling_rate_limit=-1
apigatewayv2_api: api_key_selection_expression=$request.header.x-api-key; route_selection_expression=$request.method
  $request.path
apigatewayv2_integration: connection_type=INTERNET; payload_format_version=1.0
apigatewayv2_route: authorization_type=NONE
appautoscaling_policy: policy_type=StepScaling; return_data=true
appautoscaling_scheduled_action: timezone=UTC
appconfig_configuration_profile: type=AWS.Freeform
appconfig_deployment_strategy: growth_type=LINEAR
appmesh_mesh: type=DROP_ALL
appmesh_virtual_gateway appmesh_virtual_node: enforce=true
apprunner_auto_scaling_configuration_version: max_concurrency=100; max_size=25; min_size=1
apprunner_custom_domain_association: enable_www_subdomain=true
apprunner_service: auto_deployments_enabled=true; cpu=1024; healthy_threshold=1; interval=5; ip_address_type=IPV4;
  memory=2048; path=/; port=8080; protocol=TCP; timeout=2; unhealthy_threshold=5
appstream_user: enabled=true; send_email_notification=true
appsync_api_key cloudfront_origin_access_control db_subnet_group docdb_subnet_group elasticache_parameter_group
  elasticache_subnet_group media_package_channel memorydb_parameter_group memorydb_subnet_group neptune_subnet_group
  redshift_parameter_group redshift_subnet_group security_group: description=Managed by Terraform
appsync_datasource: authorization_type=AWS_IAM; source_type=RDS_HTTP_ENDPOINT
appsync_graphql_api: api_type=GRAPHQL; authorizer_result_ttl_in_seconds=300; introspection_config=ENABLED;
  visibility=GLOBAL
appsync_resolver: kind=UNIT
athena_named_query: workgroup=primary
athena_workgroup: enforce_workgroup_configuration=true; publish_cloudwatch_metrics_enabled=true;
  selected_engine_version=AUTO; state=ENABLED
autoscaling_group: capacity_distribution_strategy=balanced-best-effort; health_check_grace_period=300;
  launch_template_id=unknown; max_group_prepared_capacity=-1; max_healthy_percentage=100; metrics_granularity=1Minute;
  min_healthy_percentage=90; pool_state=Stopped; scale_in_protected_instances=Ignore; standby_instances=Ignore;
  wait_for_capacity_timeout=10m
autoscaling_policy: enabled=true; max_capacity_breach_behavior=HonorMaxCapacity; mode=ForecastOnly;
  policy_type=SimpleScaling; return_data=true
autoscalingplans_scaling_plan: scaling_policy_update_behavior=KeepExternalPolicies
backup_plan: completion_window=180; schedule_expression_timezone=Etc/UTC; start_window=60
batch_compute_environment cloudwatch_contributor_managed_insight_rule cloudwatch_event_endpoint: state=ENABLED
batch_job_definition: deregister_on_new_revision=true; host_network=true; name=Default
bedrock_model_invocation_logging_configuration: embedding_data_delivery_enabled=true;
  image_data_delivery_enabled=true; text_data_delivery_enabled=true; video_data_delivery_enabled=true
bedrockagent_agent bedrockagent_agent_action_group: prepare_agent=true
bedrockagent_agent_collaborator: agent_version=DRAFT; prepare_agent=true
bedrockagent_agent_knowledge_base_association: agent_version=DRAFT
bedrockagentcore_token_vault_cmk: token_vault_id=default
budgets_budget: include_credit=true; include_discount=true; include_other_subscription=true; include_recurring=true;
  include_refund=true; include_subscription=true; include_support=true; include_tax=true; include_upfront=true;
  time_period_end=2087-06-15_00:00
chatbot_slack_channel_configuration chatbot_teams_channel_configuration: logging_level=NONE
chime_voice_connector: aws_region=eu-central-1
chime_voice_connector_origination: port=5060
chime_voice_connector_termination: cps_limit=1
cloud9_environment_ec2: connection_type=CONNECT_SSH
cloudformation_stack_instances cloudformation_stack_set_instance: call_as=SELF
cloudformation_stack_set: call_as=SELF; permission_model=SELF_MANAGED
cloudfront_cache_policy: default_ttl=86400; max_ttl=31536000
cloudfront_connection_group cloudfront_distribution_tenant: enabled=true; wait_for_deployment=true
cloudfront_distribution: connection_attempts=3; connection_timeout=10; http_version=http2;
  minimum_protocol_version=TLSv1; origin_keepalive_timeout=5; origin_read_timeout=30; price_class=PriceClass_All;
  wait_for_deployment=true
cloudfront_function: publish=true
cloudfront_multitenant_distribution: connection_attempts=3; connection_timeout=10; minimum_protocol_version=TLSv1;
  origin_keepalive_timeout=5; origin_read_timeout=30; response_completion_timeout=30
cloudfrontkeyvaluestore_keys_exclusive: max_batch_size=50
cloudtrail: enable_logging=true; include_global_service_events=true; include_management_events=true;
  read_write_type=All
cloudtrail_event_data_store: billing_mode=EXTENDABLE_RETENTION_PRICING; multi_region_enabled=true;
  retention_period=2555; termination_protection_enabled=true
cloudwatch_composite_alarm: actions_enabled=true
cloudwatch_event_api_destination: invocation_rate_limit_per_second=300
cloudwatch_event_bus_policy cloudwatch_event_rule: event_bus_name=default
cloudwatch_event_permission: action=events:PutEvents; event_bus_name=default
cloudwatch_event_target: event_bus_name=default; task_count=1
cloudwatch_log_account_policy: scope=ALL
cloudwatch_log_metric_filter: unit=None
cloudwatch_log_subscription_filter: distribution=ByLogStream
cloudwatch_metric_alarm: actions_enabled=true; treat_missing_data=missing
codebuild_project: build_timeout=60; image_pull_credentials_type=CODEBUILD; namespace_type=NONE; packaging=NONE;
  project_visibility=PRIVATE; queued_timeout=480; status=ENABLED|DISABLED; type=NO_CACHE|PLAINTEXT|EFS
codebuild_report_group: packaging=NONE
codecatalyst_dev_environment: inactivity_timeout_minutes=15
codedeploy_app: compute_platform=Server
codedeploy_deployment_config: compute_platform=Server; type=AllAtOnce
codedeploy_deployment_group: deployment_config_name=CodeDeployDefault.OneAtATime;
  deployment_option=WITHOUT_TRAFFIC_CONTROL; deployment_type=IN_PLACE; outdated_instances_strategy=UPDATE
codepipeline: execution_mode=SUPERSEDED; pipeline_type=V1
codestarnotifications_notification_rule: status=ENABLED; type=SNS
cognito_identity_pool_provider_principal_tag: use_defaults=true
cognito_managed_user_pool_client cognito_user_pool_client: access_token=hours; id_token=hours; refresh_token=days
cognito_user db_event_subscription dms_event_subscription docdb_event_subscription ebs_encryption_by_default
  ec2_serial_console_access iot_topic_rule_destination neptune_event_subscription pinpoint_adm_channel
  pinpoint_apns_channel pinpoint_apns_sandbox_channel pinpoint_apns_voip_channel pinpoint_apns_voip_sandbox_channel
  pinpoint_baidu_channel pinpoint_email_channel pinpoint_sms_channel s3_bucket_inventory ssm_maintenance_window:
  enabled=true
cognito_user_pool: default_email_option=CONFIRM_WITH_CODE; deletion_protection=INACTIVE;
  email_sending_account=COGNITO_DEFAULT; mfa_configuration=OFF
cognito_user_pool_ui_customization: client_id=ALL
comprehend_document_classifier: data_format=COMPREHEND_CSV; document_type=PLAIN_TEXT_DOCUMENT; split=TRAIN
comprehend_entity_recognizer: data_format=COMPREHEND_CSV; document_type=PLAIN_TEXT_DOCUMENT;
  input_format=ONE_DOC_PER_LINE; split=TRAIN
config_config_rule: event_source=aws.config
config_configuration_recorder: all_supported=true; name=default; recording_frequency=CONTINUOUS
config_delivery_channel: name=default
connect_contact_flow: type=CONTACT_FLOW
connect_instance: auto_resolve_best_voices_enabled=true; contact_lens_enabled=true; early_media_enabled=true
costoptimizationhub_preferences: member_account_discount_visibility=All; savings_estimation_mode=BeforeDiscounts
cur_report_definition: refresh_closed_reports=true; report_versioning=CREATE_NEW_REPORT
dataexchange_event_action: key_pattern=\${Revision.CreatedAt}/\${Asset.Name}
datasync_location_azure_blob: access_tier=HOT; blob_type=BLOCK
datasync_location_efs: subdirectory=/
datasync_location_fsx_ontap_file_system: version=NFS3|AUTOMATIC
datasync_location_fsx_openzfs_file_system datasync_location_nfs datasync_location_smb: version=AUTOMATIC
datasync_location_hdfs: block_size=134217728; replication_factor=3; subdirectory=/
datasync_location_object_storage: server_port=443; server_protocol=HTTPS
datasync_task: atime=BEST_EFFORT; bytes_per_second=-1; gid=INT_VALUE; log_level=OFF; mtime=PRESERVE;
  object_tags=PRESERVE; overwrite_mode=ALWAYS; posix_permissions=PRESERVE; preserve_deleted_files=PRESERVE;
  preserve_devices=NONE; task_queueing=ENABLED; transfer_mode=CHANGED; uid=INT_VALUE;
  verify_mode=POINT_IN_TIME_CONSISTENT
datazone_domain: type=DISABLED
db_instance: auto_minor_version_upgrade=true; delete_automated_backups=true
db_instance_automated_backups_replication: retention_period=7
db_option_group: option_group_description=Managed by Terraform
db_parameter_group rds_cluster_parameter_group: apply_method=immediate; description=Managed by Terraform
db_proxy_default_target_group: connection_borrow_timeout=120; max_connections_percent=100;
  max_idle_connections_percent=50
db_proxy_endpoint: target_role=READ_WRITE
default_subnet: map_public_ip_on_launch=true
default_vpc: enable_dns_hostnames=true; enable_dns_support=true
devicefarm_instance_profile: reboot_after_use=true
devicefarm_network_profile: downlink_bandwidth_bits=104857600; type=PRIVATE; uplink_bandwidth_bits=104857600
directory_service_directory: type=SimpleAD
directory_service_shared_directory: method=HANDSHAKE; type=ACCOUNT
directory_service_trust: trust_type=Forest
dlm_lifecycle_policy: create_interval=1; policy_type=EBS_SNAPSHOT_MANAGEMENT; retain_interval=7; state=ENABLED
dms_endpoint: auth_mechanism=default; auth_source=admin; auth_type=password; docs_to_investigate=1000;
  encryption_mode=SSE_S3; error_retry_duration=300; extract_doc_id=false; full_load_error_percentage=10;
  message_format=json; message_max_bytes=1000000; nesting_level=none; ssl_security_protocol=ssl-encryption;
  topic=kafka-default-topic
dms_s3_endpoint: compression_type=NONE; csv_delimiter=,; csv_row_delimiter=\\n; enable_statistics=true; rfc_4180=true
docdb_cluster: backup_retention_period=1; engine=docdb; port=27017
docdb_cluster_instance: auto_minor_version_upgrade=true; engine=docdb
docdb_cluster_parameter_group neptune_cluster_parameter_group neptune_parameter_group: apply_method=pending-reboot;
  description=Managed by Terraform
dx_hosted_private_virtual_interface dx_hosted_transit_virtual_interface dx_private_virtual_interface
  dx_transit_virtual_interface: mtu=1500
dynamodb_table: billing_mode=PROVISIONED; consistency_mode=EVENTUAL
dynamodb_table_export: export_format=DYNAMODB_JSON
ebs_snapshot_import: role_name=vmimport
ec2_capacity_reservation: end_date_type=unlimited; instance_match_criteria=open; tenancy=default
ec2_client_vpn_endpoint: self_service_portal=disabled; session_timeout_hours=24; transport_protocol=udp; vpn_port=443
ec2_fleet: allocation_strategy=lowestPrice; excess_capacity_termination_policy=termination;
  instance_interruption_behavior=terminate; instance_pools_to_use_count=1; type=maintain
ec2_host: auto_placement=on; host_recovery=off
ec2_instance_connect_endpoint: preserve_client_ip=true
ec2_instance_metadata_defaults: http_endpoint=no-preference; http_put_response_hop_limit=-1;
  http_tokens=no-preference; instance_metadata_tags=no-preference
ec2_network_insights_analysis: wait_for_completion=true
ec2_transit_gateway: amazon_side_asn=64512; auto_accept_shared_attachments=disable;
  default_route_table_association=enable; default_route_table_propagation=enable; dns_support=enable;
  multicast_support=disable; security_group_referencing_support=disable; vpn_ecmp_support=enable
ec2_transit_gateway_connect: protocol=gre; transit_gateway_default_route_table_association=true;
  transit_gateway_default_route_table_propagation=true
ec2_transit_gateway_multicast_domain: auto_accept_shared_associations=disable; igmpv2_support=disable;
  static_sources_support=disable
ec2_transit_gateway_vpc_attachment: appliance_mode_support=disable; dns_support=enable; ipv6_support=disable
ec2_transit_gateway_vpc_attachment_accepter: transit_gateway_default_route_table_association=true;
  transit_gateway_default_route_table_propagation=true
ecr_repository ecr_repository_creation_template: encryption_type=AES256; image_tag_mutability=MUTABLE
ecs_cluster: logging=DEFAULT
ecs_service: deployment_maximum_percent=200; deployment_minimum_healthy_percent=100; encrypted=true;
  file_system_type=xfs; scheduling_strategy=REPLICA; type=ECS
ecs_task_definition: root_directory=/; type=APPMESH
ecs_task_set: unit=PERCENT; wait_until_stable_timeout=10m
efs_file_system: throughput_mode=bursting
eks_access_entry sfn_state_machine: type=STANDARD
eks_cluster: bootstrap_self_managed_addons=true; endpoint_public_access=true
elastic_beanstalk_environment: tier=WebServer; wait_for_ready_timeout=20m
elasticache_cluster rds_cluster_instance: auto_minor_version_upgrade=true
elasticsearch_domain: availability_zone_count=2; elasticsearch_version=1.5; enabled=true; enforce_https=true;
  instance_count=1; instance_type=m3.medium.elasticsearch
elasticsearch_domain_saml_options opensearch_domain_saml_options: enabled=true; session_timeout_minutes=60
elastictranscoder_preset: sizing_policy=Fit
elb: connection_draining_timeout=300; cross_zone_load_balancing=true; desync_mitigation_mode=defensive; enabled=true;
  idle_timeout=60; interval=60
emr_cluster: bid_price_as_percentage_of_on_demand_price=100; instance_count=1; step_concurrency_level=1;
  visible_to_all_users=true; volumes_per_instance=1; weighted_capacity=1
emr_instance_fleet: bid_price_as_percentage_of_on_demand_price=100; volumes_per_instance=1; weighted_capacity=1
emr_instance_group: volumes_per_instance=1
emrserverless_application: architecture=X86_64; enabled=true; idle_timeout_minutes=15
flow_log: file_format=plain-text; log_destination_type=cloud-watch-logs; max_aggregation_interval=600
fms_policy: delete_all_policy_resources=true
fsx_lustre_file_system: data_compression_type=NONE; deployment_type=SCRATCH_1; skip_final_backup=true;
  storage_type=SSD
fsx_ontap_file_system: mode=AUTOMATIC; storage_type=SSD
fsx_ontap_volume: privileged_delete=DISABLED; volume_type=ONTAP
fsx_openzfs_file_system: mode=AUTOMATIC; record_size_kib=128; storage_type=SSD
fsx_openzfs_volume: data_compression_type=NONE; record_size_kib=128; volume_type=OPENZFS
fsx_windows_file_system: automatic_backup_retention_days=7; deployment_type=SINGLE_AZ_1;
  file_access_audit_log_level=DISABLED; file_share_access_audit_log_level=DISABLED;
  file_system_administrators_group=Domain Admins; mode=AUTOMATIC; storage_type=SSD
gamelift_fleet: certificate_type=DISABLED; fleet_type=ON_DEMAND; new_game_session_protection_policy=NoProtection
globalaccelerator_accelerator globalaccelerator_custom_routing_accelerator: enabled=true; ip_address_type=IPV4
globalaccelerator_endpoint_group: health_check_interval_seconds=30; health_check_protocol=TCP; threshold_count=3;
  traffic_dial_percentage=100
globalaccelerator_listener: client_affinity=NONE
glue_classifier: disable_value_trimming=true
glue_connection: connection_type=JDBC
glue_crawler: crawler_lineage_settings=DISABLE; delete_behavior=DEPRECATE_IN_DATABASE;
  recrawl_behavior=CRAWL_EVERYTHING; scan_all=true; update_behavior=UPDATE_IN_DATABASE
glue_job: name=glueetl
glue_ml_transform: timeout=2880
glue_security_configuration: cloudwatch_encryption_mode=DISABLED; job_bookmarks_encryption_mode=DISABLED;
  s3_encryption_mode=DISABLED
glue_trigger: batch_window=900; enabled=true; logical=AND; logical_operator=EQUALS
guardduty_detector redshift_scheduled_action: enable=true
guardduty_publishing_destination: destination_type=S3
iam_access_key iam_service_specific_credential iam_signing_certificate: status=Active
iam_account_password_policy: allow_users_to_change_password=true; minimum_password_length=6
iam_group iam_instance_profile iam_policy iam_server_certificate iam_user iam_virtual_mfa_device
  ssoadmin_customer_managed_policy_attachment ssoadmin_customer_managed_policy_attachments_exclusive
  ssoadmin_permissions_boundary_attachment: path=/
iam_role: max_session_duration=3600; path=/
iam_user_login_profile: password_length=20
imagebuilder_distribution_configuration: default=true
imagebuilder_image: enhanced_image_metadata_enabled=true; image_tests_enabled=true; timeout_minutes=720
imagebuilder_image_pipeline: enhanced_image_metadata_enabled=true; image_tests_enabled=true;
  pipeline_execution_start_condition=EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE; status=ENABLED;
  timeout_minutes=720
imagebuilder_infrastructure_configuration: s3_key_prefix=/
imagebuilder_lifecycle_policy: status=ENABLED
instance: delete_on_termination=true; http_endpoint=enabled; http_protocol_ipv6=disabled; interface_type=secondary;
  private_ip_address_count=1; source_dest_check=true; version=$Default
internetmonitor_monitor: availability_score_threshold=95; log_delivery_status=ENABLED; performance_score_threshold=95;
  status=ACTIVE
iot_authorizer route53_key_signing_key: status=ACTIVE
iot_ca_certificate: certificate_mode=SNI_ONLY
iot_domain_configuration: service_type=DATA; status=ENABLED
iot_indexing_configuration: device_defender_indexing_mode=OFF; named_shadow_indexing_mode=OFF;
  thing_connectivity_indexing_mode=OFF
iot_provisioning_template: payload_version=2020-04-01
iot_role_alias: credential_duration=3600
iot_topic_rule: message_format=RAW
kendra_data_source: crawl_depth=2; max_links_per_page=100; max_urls_per_minute_crawl_rate=300
kendra_index: edition=ENTERPRISE_EDITION; user_context_policy=ATTRIBUTE_FILTER
kinesis_firehose_delivery_stream: block_size_bytes=268435456; bloom_filter_false_positive_probability=0.05;
  buffering_interval=300|60; buffering_size=5|1; case_insensitive=true; compression=SNAPPY;
  compression_format=UNCOMPRESSED; content_encoding=NONE; custom_time_zone=UTC; data_loading_option=JSON_MAPPING;
  enabled=true; format_version=V0_12; hec_acknowledgment_timeout=180; hec_endpoint_type=Raw;
  index_rotation_period=OneDay; padding_tolerance=0.05; page_size_bytes=1048576; retry_duration=300|3600|60;
  row_index_stride=10000; s3_backup_mode=FailedDocumentsOnly|Disabled|FailedDataOnly|FailedEventsOnly;
  stripe_size_bytes=67108864; version_id=LATEST; writer_version=V1
kinesis_stream: encryption_type=NONE; retention_period=24; shard_count=1
kms_external_key kms_replica_external_key: deletion_window_in_days=30
kms_key: customer_master_key_spec=SYMMETRIC_DEFAULT; is_enabled=true; key_usage=ENCRYPT_DECRYPT
kms_replica_key: deletion_window_in_days=30; enabled=true
lambda_event_source_mapping: enabled=true; full_document=Default
lambda_function: memory_size=128; package_type=Zip; reserved_concurrent_executions=-1; retention_period=14; timeout=3
lambda_function_event_invoke_config: maximum_retry_attempts=2
lambda_function_url: invoke_mode=BUFFERED
lambda_invocation: lifecycle_scope=CREATE_ONLY; qualifier=$LATEST; terraform_key=tf
launch_configuration: delete_on_termination=true; enable_monitoring=true
lex_bot: idle_session_ttl_in_seconds=300; locale=en-US; process_behavior=SAVE
lex_slot_type: value_selection_strategy=ORIGINAL_VALUE
lightsail_container_service_deployment_version: healthy_threshold=2; interval_seconds=5; path=/;
  success_codes=200-499; timeout_seconds=2; unhealthy_threshold=2
lightsail_database: backup_retention_enabled=true
lightsail_distribution: ip_address_type=dualstack; is_enabled=true
lightsail_instance: ip_address_type=dualstack
lightsail_lb: health_check_path=/; ip_address_type=dualstack
location_place_index: intended_use=SingleUse
location_tracker: position_filtering=TimeBased
media_convert_queue: pricing_plan=ON_DEMAND; status=ACTIVE
medialive_channel: font_resolution=96
memorydb_cluster: auto_minor_version_upgrade=true; description=Managed by Terraform; num_replicas_per_shard=1;
  num_shards=1; tls_enabled=true
mq_broker: deployment_mode=SINGLE_INSTANCE; use_aws_owned_key=true
msk_cluster: az_distribution=DEFAULT; client_broker=TLS; enhanced_monitoring=DEFAULT; in_cluster=true
msk_replicator: copy_access_control_lists_for_topics=true; copy_topic_configurations=true;
  detect_and_copy_new_consumer_groups=true; detect_and_copy_new_topics=true; synchronise_consumer_group_offsets=true
mskconnect_connector: authentication_type=NONE; encryption_type=PLAINTEXT; mcu_count=1
nat_gateway: connectivity_type=public
neptune_cluster: backup_retention_period=1; engine=neptune; max_capacity=128; min_capacity=2.5; port=8182
neptune_cluster_instance: auto_minor_version_upgrade=true; engine=neptune; port=8182
network_interface: source_dest_check=true
networkfirewall_firewall_policy: tcp_idle_timeout_seconds=350
opensearch_domain: availability_zone_count=2; enabled=true; enforce_https=true; instance_count=1;
  instance_type=m3.medium.search
organizations_organization: feature_set=ALL
organizations_policy: type=SERVICE_CONTROL_POLICY
paymentcryptography_key: deletion_window_in_days=7
pinpoint_gcm_channel: default_authentication_method=KEY; enabled=true
pinpointsmsvoicev2_phone_number: opt_out_list_name=Default
pipes_pipe: description=Managed by Terraform; desired_state=RUNNING
qldb_ledger: deletion_protection=true
qldb_stream: aggregation_enabled=true
quicksight_account_settings: default_namespace=default; termination_protection_enabled=true
quicksight_analysis secretsmanager_secret: recovery_window_in_days=30
quicksight_dashboard: availability_status=ENABLED|DISABLED; visibility_state=COLLAPSED
quicksight_folder: folder_type=SHARED
quicksight_group quicksight_group_membership quicksight_iam_policy_assignment quicksight_role_custom_permission
  quicksight_role_membership quicksight_user quicksight_user_custom_permission: namespace=default
quicksight_namespace: identity_store=QUICKSIGHT
rds_cluster: auto_pause=true; delete_automated_backups=true; engine_mode=provisioned; max_capacity=16; min_capacity=1;
  seconds_before_timeout=300; seconds_until_auto_pause=300; timeout_action=RollbackCapacityChange
rds_reserved_instance: instance_count=1
redshift_cluster: allow_version_upgrade=true; automated_snapshot_retention_period=1; cluster_version=1.0;
  encrypted=true; maintenance_track_name=current; manual_snapshot_retention_period=-1; number_of_nodes=1; port=5439
redshift_cluster_snapshot: manual_snapshot_retention_period=-1
redshift_event_subscription: enabled=true; severity=INFO
redshift_usage_limit redshiftserverless_usage_limit: breach_action=log; period=monthly
redshiftserverless_snapshot: retention_period=-1
rekognition_stream_processor: face_match_threshold=80
resourcegroups_group: type=TAG_FILTERS_1_0
route53_hosted_zone_dnssec: signing_status=SIGNING
route53_resolver_firewall_rule: firewall_domain_redirection_action=INSPECT_REDIRECTION_DOMAIN
route53_resolver_rule: port=53; protocol=Do53
route53_zone: comment=Managed by Terraform
route53domains_domain: admin_privacy=true; auto_renew=true; billing_privacy=true; duration_in_years=1;
  registrant_privacy=true; tech_privacy=true; transfer_lock=true
route53domains_registered_domain: admin_privacy=true; auto_renew=true; billing_privacy=true; registrant_privacy=true;
  tech_privacy=true; transfer_lock=true
rum_app_monitor: session_sample_rate=0.1; status=DISABLED
s3_access_point s3control_multi_region_access_point: block_public_acls=true; block_public_policy=true;
  ignore_public_acls=true; restrict_public_buckets=true
s3_bucket: minutes=15; status=Enabled
s3_bucket_analytics_configuration: format=CSV; output_schema_version=V_1
s3_bucket_intelligent_tiering_configuration s3control_bucket_lifecycle_configuration: status=Enabled
s3_bucket_lifecycle_configuration: transition_default_minimum_object_size=all_storage_classes_128K
s3_bucket_object: acl=private
s3_bucket_object_lock_configuration: object_lock_enabled=Enabled
s3_directory_bucket: data_redundancy=SingleAvailabilityZone|SingleLocalZone; type=Directory
sagemaker_app_image_config: default_gid=100; default_uid=1000; mount_path=/home/sagemaker-user
sagemaker_data_quality_job_definition: local_path=/opt/ml/processing/input|/opt/ml/processing/output
sagemaker_domain: app_network_access_type=PublicInternetOnly; home_efs_file_system=Retain;
  notebook_output_option=Disabled; tag_propagation=DISABLED; user_group=R_STUDIO_USER
sagemaker_feature_group: table_format=Glue
sagemaker_flow_definition: task_time_limit_in_seconds=3600
sagemaker_mlflow_tracking_server: tracking_server_size=Small
sagemaker_model: mode=SingleModel
sagemaker_notebook_instance: direct_internet_access=Enabled; root_access=Enabled; volume_size=5
sagemaker_user_profile: notebook_output_option=Disabled; user_group=R_STUDIO_USER
scheduler_schedule: maximum_event_age_in_seconds=86400; maximum_retry_attempts=185; schedule_expression_timezone=UTC;
  state=ENABLED; task_count=1
secretsmanager_secret_rotation: rotate_immediately=true
securityhub_account: auto_enable_controls=true; enable_default_standards=true
service_discovery_service: routing_policy=MULTIVALUE
servicecatalog_constraint servicecatalog_portfolio_share servicecatalog_product
  servicecatalog_product_portfolio_association servicecatalog_provisioned_product: accept_language=en
servicecatalog_principal_portfolio_association: accept_language=en; principal_type=IAM
servicecatalog_provisioning_artifact: accept_language=en; active=true; guidance=DEFAULT
servicecatalog_service_action: accept_language=en; type=SSM_AUTOMATION
servicecatalog_tag_option: active=true
ses_configuration_set: sending_enabled=true; tls_policy=Optional
ses_domain_mail_from: behavior_on_mx_failure=UseDefaultValue
ses_receipt_rule: encoding=UTF-8; invocation_type=Event
sesv2_email_identity_mail_from_attributes: behavior_on_mx_failure=USE_DEFAULT_VALUE
shield_subscription: auto_renew=ENABLED
sns_topic_subscription: confirmation_timeout_in_minutes=1
spot_fleet_request: allocation_strategy=lowestPrice; delete_on_termination=true;
  excess_capacity_termination_policy=Default; fleet_type=maintain; instance_interruption_behaviour=terminate;
  instance_pools_to_use_count=1; on_demand_allocation_strategy=lowestPrice
spot_instance_request: delete_on_termination=true; http_endpoint=enabled; http_protocol_ipv6=disabled;
  instance_interruption_behavior=terminate; interface_type=secondary; private_ip_address_count=1;
  source_dest_check=true; spot_type=persistent; version=$Default
sqs_queue: max_message_size=262144; message_retention_seconds=345600; visibility_timeout_seconds=30
ssm_document: document_format=JSON
ssm_patch_baseline: approved_patches_compliance_level=UNSPECIFIED; compliance_level=UNSPECIFIED;
  operating_system=WINDOWS
ssm_resource_data_sync: sync_format=JsonSerDe
ssmincidents_replication_set: kms_key_arn=DefaultKey
ssoadmin_permission_set: session_duration=PT1H
storagegateway_gateway: gateway_type=STORED; timeout_in_seconds=20
storagegateway_nfs_file_share: default_storage_class=S3_STANDARD; directory_mode=0777; file_mode=0666; group_id=65534;
  guess_mime_type_enabled=true; notification_policy={}; object_acl=private; owner_id=65534; squash=RootSquash
storagegateway_smb_file_share: authentication=ActiveDirectory; case_sensitivity=ClientSpecified;
  default_storage_class=S3_STANDARD; guess_mime_type_enabled=true; notification_policy={}; object_acl=private
storagegateway_tape_pool: retention_lock_type=NONE
synthetics_canary: failure_retention_period=31; success_retention_period=31
timestreaminfluxdb_db_cluster: deployment_type=MULTI_NODE_READ_REPLICAS
transfer_access transfer_user: home_directory_type=PATH
transfer_server: domain=S3; endpoint_type=PUBLIC; identity_provider_type=SERVICE_MANAGED;
  security_policy_name=TransferSecurityPolicy-2018-11
transfer_workflow: overwrite_existing=FALSE
vpc: enable_dns_support=true; instance_tenancy=default
vpc_encryption_control: egress_only_internet_gateway_exclusion=disable; elastic_file_system_exclusion=disable;
  internet_gateway_exclusion=disable; lambda_exclusion=disable; nat_gateway_exclusion=disable;
  virtual_private_gateway_exclusion=disable; vpc_lattice_exclusion=disable; vpc_peering_exclusion=disable
vpc_endpoint: vpc_endpoint_type=Gateway
vpc_ipam: tier=advanced
vpc_ipam_pool: locale=None
vpc_network_performance_metric_subscription: metric=aggregate-latency; statistic=p50
vpclattice_listener vpclattice_listener_rule: weight=100
vpclattice_resource_configuration: type=SINGLE
vpclattice_target_group: enabled=true; health_check_interval_seconds=30; health_check_timeout_seconds=5;
  healthy_threshold_count=5; path=/; protocol_version=HTTP1; unhealthy_threshold_count=2; value=200
waf_rule_group waf_web_acl wafregional_rule_group wafregional_web_acl: type=REGULAR
wafv2_rule_group: aggregate_key_type=IP; evaluation_window_sec=300; oversize_handling=CONTINUE
wafv2_web_acl: aggregate_key_type=IP; evaluation_window_sec=300; oversize_handling=CONTINUE; sensitivity=HIGH;
  sensitivity_to_block=LOW
wafv2_web_acl_rule_group_association: sensitivity=HIGH; sensitivity_to_block=LOW
workspaces_directory: directory_id=d-1; relay_state_parameter_name=RelayState; restart_workspace=true;
  status=DISABLED; workspace_type=PERSONAL
workspaces_workspace: compute_type_name=VALUE; root_volume_size_gib=80; running_mode=ALWAYS_ON;
  user_volume_size_gib=10
`;

/** By type, then by attribute, all that its provider may say of it unasked. */
export const providerDefaults: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map(
  DEFAULTS.trim()
    .replaceAll(/\n {2}/g, " ")
    .split("\n")
    .flatMap((line) => {
      const [types = "", said = ""] = halves(line, ": ");
      const attributes = new Map(
        said.split("; ").map((each) => {
          const [name = "", values = ""] = halves(each, "=");
          return [name, new Set(values.split("|"))] as const;
        }),
      );
      return types.split(" ").map((type) => [`aws_${type}`, attributes] as const);
    }),
);

function halves(text: string, by: string): readonly string[] {
  const at = text.indexOf(by);
  return [text.slice(0, at), text.slice(at + by.length)];
}
