metadata description = 'Where logs go.'

param name string
param location string
param tags object

@description('How long logs can be searched.')
param keepDays int

@description('A day that logs more stops logging: the bill of a loop gone wild.')
param gigabytesPerDay int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: keepDays
    workspaceCapping: {
      dailyQuotaGb: gigabytesPerDay
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

output id string = workspace.id
output name string = workspace.name
