metadata description = 'Says in time what the month will cost.'

param name string

@description('In the currency of the subscription, a month.')
param amount int

@description('First day of a month, ISO 8601.')
param from string

param operatorsEmail string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: from
    }
    notifications: {
      actual: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [
          operatorsEmail
        ]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [
          operatorsEmail
        ]
      }
    }
  }
}
