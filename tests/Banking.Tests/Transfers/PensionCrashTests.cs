using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;
using static Serverless.Banking.Tests.Transfers.TransferScene;

namespace Serverless.Banking.Tests.Transfers;

/// <summary>Arta pays 300.00 of her 2000.00 ALL into a fund whose manager takes no contribution.</summary>
public sealed class PensionCrashTests
{
    [Fact, ProvesCrashSafety(typeof(ConfirmTransfer)), ProvesCrashSafety(typeof(ReverseJournal))]
    public async Task A_contribution_that_the_manager_refuses_and_that_is_killed_anywhere_is_given_back_once_and_told_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, string Quote)>(
            async bank =>
            {
                await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta", Language.English, "push", null, null), CancellationToken.None);
                var from = await bank.OpenAccountAsync(Arta.Value, "2000.00");
                var quote = await bank.Get<QuotePensionContribution>().RunAsync(
                    new PensionContributionRequest(Arta, "Arta", from, "SIG-1", null, Money.OfMinor(30_000, Currency.All), Phone), CancellationToken.None);
                return (from, quote.Value!.Text);
            },
            async (bank, scene) =>
            {
                var sent = await bank.Get<ConfirmTransfer>().RunAsync(
                    new TransferConfirmation(TransferKind.Pension, Arta, IdempotencyKey.Of("one"), "hash", scene.Quote, Phone), CancellationToken.None);
                await SettleAsync(bank);
                Assert.True(sent.IsSuccess || sent.Error is TransferInterrupted, sent.Error?.Code);
            },
            CheckAsync)
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(6));
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
            },
        }), 12, 40);

    private static async Task<int> CheckAsync(TestBank bank, (AccountId From, string Quote) scene)
    {
        await SettleAsync(bank);
        Assert.Equal("ALL 2000.00", (await bank.BalanceAsync(scene.From)).ToString());
        var transfers = (await bank.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items;
        Assert.True(transfers.Count <= 1);
        switch (transfers is [var transfer, ..] ? transfer : null)
        {
            case { State: TransferState.Returned }:
                Assert.Equal("Push PensionContributionReturned of 100000001", await bank.SeeNoticesAsync());
                return 1;
            case { State: TransferState.Rejected, Failure: TransferInterrupted }:
                Assert.Empty(await bank.SeeNoticesAsync());
                return 1;
            default:
                Assert.Empty(transfers);
                return 0;
        }
    }

    private static void Services(IServiceCollection services)
    {
        services.AddCustomers().AddNotifications().AddTransferServices().AddPartners();
        WorkMessages.AddTo(services);
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<PartnersOptions>(options =>
        {
            options.Pensions.BaseUrl = new Uri("http://pensions.test/");
            options.Transport = () => new StubManagers();
        });
    }

    /// <summary>Know one fund, and refuse every contribution to it for good.</summary>
    private sealed class StubManagers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("lookups", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = JsonContent.Create(new
                    {
                        funds = new[] { new { contractNumber = "SIG-1", holder = "Arta Hoxha", managerId = "sigal", manager = "Sigal Life", currency = "ALL" } },
                    }),
                }
                : new HttpResponseMessage(HttpStatusCode.Conflict));
    }
}
