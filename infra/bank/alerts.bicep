metadata description = 'What the operators are called for.'

@export()
@description('Found in the messages that the app logs; a test looks for each phrase in the code. Windows are ISO 8601; severity 0 is the worst.')
var loggedAlerts = [
  {
    name: 'books-not-proven'
    summary: 'A trial balance is not zero, or a row of the ledger is not as it was written.'
    phrases: [
      'The books are not proven'
    ]
    atLeast: 1
    window: 'PT5M'
    severity: 0
  }
  {
    name: 'books-not-read'
    summary: 'A day was too short for the trial balance: what it would say is not known yet.'
    phrases: [
      'are not read to their end yet'
    ]
    atLeast: 1
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'not-ready'
    summary: 'An instance is asked whether it can serve, and cannot.'
    phrases: [
      'The bank is not ready'
    ]
    atLeast: 5
    window: 'PT5M'
    severity: 1
  }
  {
    name: 'shed-load'
    summary: 'There is more to do than the bank can; lists or orders are refused.'
    phrases: [
      'The bank sheds load'
    ]
    atLeast: 1
    window: 'PT5M'
    severity: 2
  }
  {
    name: 'sweeper-backlog'
    summary: 'Sweepers find more than they finish: money or orders wait.'
    phrases: [
      'is left to the next sweep'
      'are left to the next sweep'
      'is left to the sweeper'
      'could not be finished'
      'could not be ended'
      'could not be settled'
    ]
    atLeast: 20
    window: 'PT15M'
    severity: 1
  }
  {
    name: 'partner-messages-kept'
    summary: 'Messages of a partner fail and wait for the staff.'
    phrases: [
      'times and is kept for the staff'
    ]
    atLeast: 1
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'policy-in-doubt'
    summary: 'The bank and an insurer disagree about a policy; somebody has to ask.'
    phrases: [
      'whose policy it has issued and been paid for'
      'somebody has to ask it'
      'is not the one that the insurer has announced'
    ]
    atLeast: 1
    window: 'PT15M'
    severity: 2
  }
]
