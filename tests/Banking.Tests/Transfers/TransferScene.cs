using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Transfers;

/// <summary>Two customers with an account each, and what the first has prepared.</summary>
internal sealed record TransferScene(AccountId From, AccountId To, string Quote)
{
    public static readonly CustomerId Arta = CustomerId.Of("100000001");
    public static readonly CustomerId Besa = CustomerId.Of("100000002");
    public static readonly OrderingDevice Phone = new(IsTrusted: true, "mobile");

    public static void Services(IServiceCollection services)
    {
        services.AddTransfers();
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
    }

    /// <summary>Arta has 2000.00 ALL and is about to send 500.00 to Besa, who has nothing.</summary>
    public static async Task<TransferScene> ArrangeAsync(TestBank bank)
    {
        var (from, to) = (await bank.OpenAccountAsync(Arta.Value, "2000.00"), await bank.OpenAccountAsync(Besa.Value, "0.00"));
        return new TransferScene(from, to, await QuoteAsync(bank, from, to, 50_000));
    }

    public static async Task<string> QuoteAsync(TestBank bank, AccountId from, AccountId to, long minor)
    {
        var account = (await bank.Get<ReadBook>().RunAsync(to, CancellationToken.None))!.Iban;
        var quote = await bank.Get<QuoteInsideTransfer>().RunAsync(
            new InsideTransferRequest(
                Arta, "Arta", from, new PayeeChoice.OfAccount(account, null), Money.OfMinor(minor, Currency.All), "Qira", null, Phone),
            CancellationToken.None);
        return quote.Value!.Text;
    }

    public static Task<Result<Transfer>> ConfirmAsync(TestBank bank, string quote, string key = "one") => bank.Get<ConfirmTransfer>().RunAsync(
        new TransferConfirmation(TransferKind.Inside, Arta, IdempotencyKey.Of(key), quote, quote, Phone), CancellationToken.None);

    public static Task SettleAsync(TestBank bank) => bank.SettleAsync();
}
