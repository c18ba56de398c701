using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Remittances;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Remittances;

public sealed class RemittanceCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact]
    [ProvesCrashSafety(typeof(CollectRemittance)), ProvesCrashSafety(typeof(AskForPayout))]
    public async Task A_payout_killed_anywhere_is_credited_and_told_of_once_or_not_begun() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId To, string Quote)>(
            async bank =>
            {
                var to = await bank.OpenAccountAsync(Arta.Value, "0.00");
                var quote = await bank.Get<QuoteRemittance>().RunAsync(Arta, "Arta Hoxha", "11223344556", to, CancellationToken.None);
                return (to, quote.Value!.Text);
            },
            async (bank, scene) => await bank.Get<CollectRemittance>().RunAsync(
                new RemittanceConfirmation(Arta, IdempotencyKey.Of("one"), "hash", scene.Quote, "2026-01"), CancellationToken.None),
            async (bank, scene) => ((await bank.BalanceAsync(scene.To)).Minor, await bank.SeeNoticesAsync()) switch
            {
                (0, "") => 0,
                (97_200, "Push RemittanceCredited of 100000001") => 1,
                _ => -1,
            })
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(2));
                foreach (var open in await bank.Get<ListOpenRemittances>().RunAsync(CancellationToken.None))
                    await bank.Get<AskForPayout>().RunAsync(open, CancellationToken.None);
            },
        }), 6, 25);

    private static void Services(IServiceCollection services)
    {
        services.AddCustomers().AddRemittances().AddNotifications();
        WorkMessages.AddTo(services);
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<ExchangeRatesOptions>(options => options.Rates["EUR"] = new ExchangeRate { Buy = 97.2m, Sell = 98.9m });
        services.Configure<PartnersOptions>(options =>
        {
            options.Ria.BaseUrl = new Uri("http://ria.test/");
            options.Transport = () => new StubRia();
        });
    }

    /// <summary>Knows one remittance of EUR 10.00, and pays it out to whoever asks under one id.</summary>
    private sealed class StubRia : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("lookups", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = JsonContent.Create(new
                    {
                        pin = "11223344556",
                        sender = "John Smith",
                        senderCountry = "US",
                        beneficiary = "Arta Hoxha",
                        amount = new { amount = "10.00", currency = "EUR" },
                        status = "available",
                    }),
                }
                : new HttpResponseMessage(HttpStatusCode.Created) { Content = JsonContent.Create(new { payoutId = "x", status = "confirmed", reference = "RIA-1" }) });
    }
}
