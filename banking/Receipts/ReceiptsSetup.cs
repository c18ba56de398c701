using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Receipts;

public static class ReceiptsSetup
{
    /// <summary>Signed receipts. The app binds <see cref="ReceiptsOptions"/>.</summary>
    public static IServiceCollection AddReceipts(this IServiceCollection services)
    {
        services.AddLedger();
        return services.AddSingleton<ReceiptKeys>().AddSingleton<SignReceipt>().AddSingleton<VerifyReceipt>();
    }
}
