metadata description = 'Whom to call, and when.'

import { loggedAlerts } from '../bank/alerts.bicep'

param location string
param tags object
param operatorsEmail string
param serviceBusId string
param workspaceId string

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-bank-operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'bank'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: operatorsEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('A message that ten deliveries have not brought through. The queue is in the alert.')
resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Work lies in a dead-letter queue.'
    severity: 1
    enabled: true
    scopes: [
      serviceBusId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadletteredMessages'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Maximum'
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

var queriedAlerts = [
  {
    name: 'failed-orchestrations'
    summary: 'A workflow has ended with an exception: an application or an order goes on no more.'
    query: 'AppTraces | where Properties["Category"] == "Host.Triggers.DurableTask" | where Properties["prop__functionType"] == "Orchestrator" and Properties["prop__state"] == "Failed"'
    atLeast: 1
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'authentication-failures'
    summary: 'Far more calls than usual are not let in: somebody may be guessing, or a key has changed.'
    query: 'AppRequests | where ResultCode in ("401", "403")'
    atLeast: 500
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'refused-secrets'
    summary: 'Somebody asked the vault for what they may not have.'
    query: 'AZKVAuditLogs | where HttpStatusCode == 403'
    atLeast: 5
    window: 'PT15M'
    severity: 2
  }
]

var phraseAlerts = [for alert in loggedAlerts: {
  name: alert.name
  summary: alert.summary
  query: 'union AppTraces, AppExceptions | extend Text = coalesce(Message, OuterMessage) | where Text has_any (dynamic(${string(alert.phrases)})) or tostring(Properties) has_any (dynamic(${string(alert.phrases)}))'
  atLeast: alert.atLeast
  window: alert.window
  severity: alert.severity
}]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in concat(queriedAlerts, phraseAlerts): {
  name: alert.name
  location: location
  tags: tags
  properties: {
    displayName: alert.name
    description: alert.summary
    severity: alert.severity
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: alert.window
    // Tables appear in a new workspace with their first row.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThanOrEqual'
          threshold: alert.atLeast
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        operators.id
      ]
    }
  }
}]
