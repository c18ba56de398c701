using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

public static class HistorySetup
{
    /// <summary>Capabilities add their <see cref="IOperationSource"/>; the app calls <see cref="AccountsSetup"/> and <see cref="DocumentsSetup"/> besides.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddLedger().TryAddSingleton<ICounterpartyPhotos, NoCounterpartyPhotos>();
        return services.AddSingleton<UnbookedOperations>().AddSingleton<IDocumentRenderer, OperationReceiptRenderer>()
            .AddOperation<ListOperations>().AddOperation<FindOperation>().AddOperation<IssueOperationReceipt>();
    }
}
