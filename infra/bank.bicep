metadata description = 'What is in the resource group: the modules, and what each needs of the others.'

import { containers } from 'bank/containers.bicep'
import { queues } from 'bank/queues.bicep'
import { roles } from 'bank/roles.bicep'
import { schedules } from 'bank/schedules.bicep'
import { secrets } from 'bank/secrets.bicep'
import { settings } from 'bank/settings.bicep'
import { tables } from 'bank/tables.bicep'

@description('Makes names unique in all of Azure: small letters and digits.')
param token string

param location string
param tags object

@description('One of stages/.')
param stage object

param deployerId string
param deployerType string
param staffApplicationId string
param operatorsEmail string
param budgetFrom string
param publicUrl string

var vaultName = 'kv-${token}'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: 'id-bank-${token}'
    location: location
    tags: tags
  }
}

module workspace 'modules/workspace.bicep' = {
  name: 'workspace'
  params: {
    name: 'log-bank-${token}'
    location: location
    tags: tags
    keepDays: stage.logDays
    gigabytesPerDay: stage.logGigabytesPerDay
  }
}

module insights 'modules/insights.bicep' = {
  name: 'insights'
  params: {
    name: 'appi-bank-${token}'
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
    roles: roles.insights
  }
}

module network 'modules/network.bicep' = if (stage.isPrivate) {
  name: 'network'
  params: {
    name: 'vnet-bank-${token}'
    location: location
    tags: tags
  }
}

module hostStorage 'modules/storage.bicep' = {
  name: 'host-storage'
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    sku: stage.storageSku
    containers: [
      {
        name: 'deployments'
        isWriteOnce: false
      }
    ]
    tables: []
    keepDays: 0
    deletedDays: stage.deletedDays
    isPrivate: stage.isPrivate
    isLocked: stage.isLocked
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
    roles: roles.hostStorage
  }
}

module bankStorage 'modules/storage.bicep' = {
  name: 'bank-storage'
  params: {
    name: 'stbank${token}'
    location: location
    tags: tags
    sku: stage.storageSku
    containers: containers
    tables: tables
    keepDays: stage.keepDays
    deletedDays: stage.deletedDays
    isPrivate: stage.isPrivate
    isLocked: stage.isLocked
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
    roles: roles.bankStorage
  }
}

module archive 'modules/archive.bicep' = if (stage.auditYears > 0) {
  name: 'archive'
  params: {
    name: 'staudit${token}'
    location: location
    tags: tags
    sku: stage.storageSku
    keepYears: stage.auditYears
    isPrivate: stage.isPrivate
    isLocked: stage.isLocked
    workspaceName: workspace.outputs.name
  }
}

module serviceBus 'modules/serviceBus.bicep' = {
  name: 'service-bus'
  params: {
    name: 'sb-bank-${token}'
    location: location
    tags: tags
    sku: stage.serviceBusSku
    queues: queues
    isPrivate: stage.isPrivate
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
    roles: roles.serviceBus
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: vaultName
    location: location
    tags: tags
    isPrivate: stage.isPrivate
    workspaceId: workspace.outputs.id
    principalId: identity.outputs.principalId
    roles: roles.vault
    deployerId: deployerId
    deployerType: deployerType
  }
}

module hostEndpoints 'modules/privateEndpoint.bicep' = [for service in ['blob', 'queue', 'table']: if (stage.isPrivate) {
  name: 'host-${service}-endpoint'
  params: {
    name: 'pe-host-${service}-${token}'
    location: location
    tags: tags
    targetId: hostStorage.outputs.id
    service: service
    subnetId: network.?outputs.endpointSubnetId ?? ''
    zoneId: network.?outputs.zoneIds[service] ?? ''
  }
}]

module bankEndpoints 'modules/privateEndpoint.bicep' = [for service in ['blob', 'table']: if (stage.isPrivate) {
  name: 'bank-${service}-endpoint'
  params: {
    name: 'pe-bank-${service}-${token}'
    location: location
    tags: tags
    targetId: bankStorage.outputs.id
    service: service
    subnetId: network.?outputs.endpointSubnetId ?? ''
    zoneId: network.?outputs.zoneIds[service] ?? ''
  }
}]

module serviceBusEndpoint 'modules/privateEndpoint.bicep' = if (stage.isPrivate) {
  name: 'service-bus-endpoint'
  params: {
    name: 'pe-sb-${token}'
    location: location
    tags: tags
    targetId: serviceBus.outputs.id
    service: 'namespace'
    subnetId: network.?outputs.endpointSubnetId ?? ''
    zoneId: network.?outputs.zoneIds.namespace ?? ''
  }
}

module vaultEndpoint 'modules/privateEndpoint.bicep' = if (stage.isPrivate) {
  name: 'vault-endpoint'
  params: {
    name: 'pe-kv-${token}'
    location: location
    tags: tags
    targetId: vault.outputs.id
    service: 'vault'
    subnetId: network.?outputs.endpointSubnetId ?? ''
    zoneId: network.?outputs.zoneIds.vault ?? ''
  }
}

@description('What only this deployment can know. The names of the host, of Azure clients and of the bank.')
var deployedSettings = {
  AzureWebJobsStorage__accountName: hostStorage.outputs.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.outputs.clientId
  ServiceBus__fullyQualifiedNamespace: '${serviceBus.outputs.name}.servicebus.windows.net'
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: identity.outputs.clientId
  Storage__TablesUri: bankStorage.outputs.tablesUri
  Storage__BlobsUri: bankStorage.outputs.blobsUri
  AZURE_CLIENT_ID: identity.outputs.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.outputs.address
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
  Authentication__Issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  Authentication__Audience: staffApplicationId
  Authentication__TenantId: tenant().tenantId
  Authentication__StaffClaim: 'oid'
  Api__ForwardedHops: '1'
}

module app 'modules/functionApp.bicep' = {
  name: 'app'
  params: {
    name: 'func-bank-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    packagesUri: '${hostStorage.outputs.blobsUri}deployments'
    instances: stage.instances
    memory: stage.memory
    alwaysReady: stage.alwaysReady
    subnetId: network.?outputs.functionSubnetId ?? ''
    workspaceId: workspace.outputs.id
    vaultName: vaultName
    secrets: secrets
    settings: union(settings, schedules, stage.settings, deployedSettings)
    publicUrl: publicUrl
  }
  dependsOn: [
    hostEndpoints
    bankEndpoints
    serviceBusEndpoint
    vaultEndpoint
    vault
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    operatorsEmail: operatorsEmail
    serviceBusId: serviceBus.outputs.id
    workspaceId: workspace.outputs.id
  }
}

module budget 'modules/budget.bicep' = if (!empty(budgetFrom)) {
  name: 'budget'
  params: {
    name: 'bank-monthly'
    amount: stage.budget
    from: budgetFrom
    operatorsEmail: operatorsEmail
  }
}

output appName string = app.outputs.name
output url string = app.outputs.url
output vaultName string = vaultName
output secretNames array = secrets
