using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Receipts;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.SmartPay;

public static class SmartPaySetup
{
    /// <summary>Paying and being paid by scanning. The app binds <see cref="SmartPayOptions"/> and has receipts' keys.</summary>
    public static IServiceCollection AddSmartPay(this IServiceCollection services)
    {
        services.AddTransfers();
        services.AddCheckedOptions<SmartPayOptions>();
        services.AddTable(SmartPayKeys.Table).AddTable(SmartPayKeys.Owners).AddTable(SmartPayDueKeys.Table);
        services.AddSingleton<SmartPayTable>().AddSingleton<QrCodes>().AddSingleton<QrPaymentCourse>().AddSingleton<ITransferFollowUp, NoteQrReceipt>();
        services.AddOperation<OpenQrAccount>().AddOperation<ChangeQrAccount>().AddOperation<FindQrAccounts>().AddOperation<RequestByQr>().AddOperation<ListQrRequests>();
        return services.AddOperation<ListQrReceipts>().AddOperation<QuoteQrPayment>().AddOperation<PayByQr>().AddOperation<AdvanceQrRequests>();
    }
}
