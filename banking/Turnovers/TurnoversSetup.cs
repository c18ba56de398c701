using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Turnovers;

public static class TurnoversSetup
{
    /// <summary>Turnover of accounts and channels, and the details of payments. The app adds accounts, transfers and bills.</summary>
    public static IServiceCollection AddTurnovers(this IServiceCollection services)
    {
        services.AddDocuments().AddSingleton<IDocumentRenderer, PaymentDetailsRenderer>();
        return services.AddOperation<FindOrderedPayment>().AddOperation<ListChannelPayments>().AddOperation<ShowTurnover>().AddOperation<ExportPaymentDetails>();
    }
}
