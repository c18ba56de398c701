metadata description = 'What the app tells of itself.'

import { roleIds } from '../bank/roles.bicep'

param name string
param location string
param tags object
param workspaceId string
param principalId string
param roles array

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
    DisableLocalAuth: true
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(insights.id, principalId, role)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[role])
  }
}]

@description('Says where to send to; with local authentication off it lets nobody in.')
output address string = insights.properties.ConnectionString
