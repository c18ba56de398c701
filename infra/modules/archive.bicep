metadata description = 'Who read, changed or removed what, as blobs that nobody can change, the owner of the subscription included.'

param name string
param location string
param tags object
param sku string
param keepYears int
param isPrivate bool
param isLocked bool
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

@description('The export is a trusted service of Azure, for which a closed network is open.')
resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Cool'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
    immutableStorageWithVersioning: {
      enabled: true
      immutabilityPolicy: {
        state: 'Unlocked'
        immutabilityPeriodSinceCreationInDays: keepYears * 366
        allowProtectedAppendWrites: true
      }
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  name: 'keep-${name}'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Who did what.'
  }
}

resource auditExport 'Microsoft.OperationalInsights/workspaces/dataExports@2020-08-01' = {
  parent: workspace
  name: 'audit'
  properties: {
    enable: true
    destination: {
      resourceId: account.id
    }
    tableNames: [
      'AZKVAuditLogs'
      'AzureDiagnostics'
      'StorageBlobLogs'
      'StorageTableLogs'
    ]
  }
  dependsOn: [
    blobService
  ]
}
