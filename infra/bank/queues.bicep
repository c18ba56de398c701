metadata description = 'The Service Bus queues of the bank; it uses no topic and no subscription.'

@export()
@description('Work between timers, operations and the functions that do it.')
var queues = [
  'applications'
  'bill-collections'
  'budget-reviews'
  'deposit-maturities'
  'eklik-resets'
  'invoice-polls'
  'money-requests'
  'notices'
  'pension-contributions'
  'periodic-transfers'
  'statements'
  'webhook-deliveries'
]
