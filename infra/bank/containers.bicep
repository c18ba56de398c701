metadata description = 'The blob containers of the bank.'

@export()
@description('isWriteOnce: statements and agreements, which a bank has to show as they were for as long as the law says. Evidence of identities is erased on request and is not.')
var containers = [
  {
    name: 'documents'
    isWriteOnce: true
  }
  {
    name: 'evidence'
    isWriteOnce: false
  }
]
