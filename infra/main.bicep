targetScope = 'subscription'

metadata description = 'The bank in one resource group. azd up calls this; the sizes and addresses of an environment are in stages/.'

@minLength(1)
@maxLength(24)
@description('What azd calls the environment; part of most names.')
param environmentName string

@description('Region of everything.')
param location string

@allowed([
  'dev'
  'test'
  'prod'
])
@description('Which file of stages/ the environment follows.')
param stage string = 'dev'

@description('Who may write secrets into the vault: whoever deploys. Empty: nobody is given the right here.')
param deployerId string = ''

@allowed([
  'Group'
  'ServicePrincipal'
  'User'
])
param deployerType string = 'User'

@description('Application id (client id) of the API in the directory that staff sign in to.')
param staffApplicationId string

@description('Whom alerts and the budget write to.')
param operatorsEmail string

@description('First day of the month from which the budget counts, ISO 8601. It cannot be changed later. Empty: no budget.')
param budgetFrom string = ''

@description('Where customers reach the app, with a slash at the end. Empty: at the name that Azure gives it.')
param publicUrl string = ''

@description('Who answers for the environment, and who pays for it.')
param owner string = 'bank-platform'
param costCentre string = 'retail-banking'

var stages = {
  dev: loadJsonContent('stages/dev.json')
  test: loadJsonContent('stages/test.json')
  prod: loadJsonContent('stages/prod.json')
}

var tags = {
  'azd-env-name': environmentName
  application: 'bank'
  environment: stage
  owner: owner
  costCentre: costCentre
  dataClassification: 'confidential'
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-bank-${environmentName}'
  location: location
  tags: tags
}

module bank 'bank.bicep' = {
  name: 'bank'
  scope: group
  params: {
    token: toLower(uniqueString(subscription().id, environmentName, location))
    location: location
    tags: tags
    stage: any(stages[stage])
    deployerId: deployerId
    deployerType: deployerType
    staffApplicationId: staffApplicationId
    operatorsEmail: operatorsEmail
    budgetFrom: budgetFrom
    publicUrl: publicUrl
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output BANK_APP string = bank.outputs.appName
output BANK_URL string = bank.outputs.url
output BANK_VAULT string = bank.outputs.vaultName
output BANK_SECRETS array = bank.outputs.secretNames
