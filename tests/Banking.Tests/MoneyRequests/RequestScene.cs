using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Network;
using Serverless.Banking.Notifications;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.MoneyRequests;

/// <summary>Three customers who know each other, on a bank without a host, and what its timers do.</summary>
internal sealed record RequestScene(AccountId OfArta, AccountId OfBesa, string Quote, MoneyRequestId Request)
{
    public static readonly CustomerId Arta = CustomerId.Of("100000001");
    public static readonly CustomerId Besa = CustomerId.Of("100000002");
    public static readonly CustomerId Genti = CustomerId.Of("100000003");
    public static readonly OrderingDevice Phone = new(IsTrusted: true, "mobile");

    public static void Services(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddCustomers().AddNotifications().AddMoneyRequests().AddPeriodicTransfers();
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
    }

    /// <summary>Arta, who has nothing, has asked Besa, who has 200.00 ALL, for 120.50; Besa has prepared to pay.</summary>
    public static async Task<RequestScene> ArrangeAsync(TestBank bank)
    {
        var (ofArta, ofBesa) = await RegisterAsync(bank);
        var contact = await KnowAsync(bank, Besa);
        var quote = await bank.Get<QuoteMoneyRequest>().RunAsync(Arta, contact, ofArta, Money.OfMinor(12_050, Currency.All), "Bileta", CancellationToken.None);
        var sent = await bank.Get<SendMoneyRequest>().RunAsync(new QuoteConfirmation(Arta, IdempotencyKey.Of("ask"), "hash", quote.Value!.Text), CancellationToken.None);
        await AdvanceAsync(bank);
        var payment = await bank.Get<QuoteRequestPayment>().RunAsync(Besa, sent.Value!.Id, ofBesa, CancellationToken.None);
        return new RequestScene(ofArta, ofBesa, payment.Value!.Quote.Text, sent.Value!.Id);
    }

    public static async Task<(AccountId OfArta, AccountId OfBesa)> RegisterAsync(TestBank bank)
    {
        foreach (var (customer, name, phone) in new[] { (Arta, "Arta Hoxha", "+355691000001"), (Besa, "Besa Leka", "+355691000002"), (Genti, "Genti Duka", "+355691000003") })
            await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(customer, name, Language.English, "push", null, phone), CancellationToken.None);
        return (await bank.OpenAccountAsync(Arta.Value, "0.00"), await bank.OpenAccountAsync(Besa.Value, "200.00"));
    }

    /// <returns>The id of Arta's contact.</returns>
    public static async Task<ContactId> KnowAsync(TestBank bank, CustomerId customer)
    {
        var phone = (await bank.Get<FindContactDetails>().RunAsync(customer, CancellationToken.None))!.Phone!;
        var added = await bank.Get<AddContact>().RunAsync(new ContactOrder(Arta, IdempotencyKey.Of($"know-{customer}"), "hash", $"Shoku {customer}", phone), CancellationToken.None);
        return added.Value!.Id;
    }

    public Task<Result<SeenRequest>> PayAsync(TestBank bank, string key = "pay") => bank.Get<PayMoneyRequest>().RunAsync(
        new RequestPaymentConfirmation(Besa, Request, IdempotencyKey.Of(key), "hash", Quote, Phone), CancellationToken.None);

    /// <summary>The timer and the messages it sends.</summary>
    public static async Task AdvanceAsync(TestBank bank)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(2));
        await bank.Get<AdvanceDueRequests>().RunAsync(bank.Now, CancellationToken.None);
        foreach (var due in bank.Get<WorkMessages>().Take<MoneyRequestDue>(Banking.Messages.WorkQueues.MoneyRequests))
            await bank.Get<AdvanceMoneyRequest>().RunAsync(due, CancellationToken.None);
    }

    /// <summary>The sweep of transfers, later.</summary>
    public static async Task SweepTransfersAsync(TestBank bank)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
    }

    public static Task SettleAsync(TestBank bank) => bank.SettleAsync();

    /// <summary>The bank's pointers to what is due, however far away.</summary>
    public static async Task<int> CountPointersAsync(TestBank bank)
    {
        var count = 0;
        await foreach (var _ in bank.Get<MoneyRequestTable>().DueAsync(NodaTime.Instant.FromUtc(2999, 1, 1, 0, 0), CancellationToken.None))
            count++;
        return count;
    }
}
