metadata description = 'The functions app, on Flex Consumption.'

param name string
param location string
param tags object
param identityId string

@description('The container that packages are put in.')
param packagesUri string

@minValue(40)
@maxValue(1000)
param instances int

@allowed([
  512
  2048
  4096
])
@description('Megabytes of an instance.')
param memory int

@description('Instances that wait for HTTP calls, so that nobody waits for one to start.')
param alwaysReady int

@description('Empty: calls leave through the open network.')
param subnetId string

param workspaceId string
param vaultName string
param secrets array
param settings object
param publicUrl string

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'bank' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: instances
        instanceMemoryMB: memory
        alwaysReady: alwaysReady > 0 ? [
          {
            name: 'http'
            instanceCount: alwaysReady
          }
        ] : []
      }
    }
  }
}

var url = empty(publicUrl) ? 'https://${app.properties.defaultHostName}/' : publicUrl

@description('A secret is never here, only where the app finds it.')
var secretReferences = toObject(secrets, secret => secret, secret => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${replace(replace(secret, '__', '--'), '_', '-')})')

@description('What a browser or an e-mail is sent to.')
var publicSettings = {
  Documents__PublicUrl: url
  EKlik__ResetPage: '${url}eklik/reset'
  Sessions__Issuer: url
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, secretReferences, publicSettings)
}

@description('Packages come with a token of Entra ID, never with a password.')
resource passwords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for door in ['ftp', 'scm']: {
  parent: app
  name: door
  properties: {
    allow: false
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output name string = app.name
output url string = url
